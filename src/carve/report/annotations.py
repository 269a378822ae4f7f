"""Objections as workflow commands, which a forge shows beside the lines that they speak of."""

import re
from collections.abc import Iterator

from carve.report.model import Problem, RunRecord

__all__ = ["annotations"]

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?", re.DOTALL)


def annotations(record: RunRecord) -> Iterator[str]:
    """Yield one line for each objection and for each file that drifted."""
    for step in record.steps:
        for problem in step.problems:
            yield _command(problem, f"{step.id}: {problem.check or step.state}", record)
    for problem in record.final.problems if record.final else ():
        yield _command(problem, f"after the last step: {problem.check}", record)
    for path in record.drift:
        found = Problem("this is not what the plan leads to", path, "run the plan and land it")
        yield _command(found, "drift", record)


def _command(problem: Problem, title: str, record: RunRecord) -> str:
    where = _PLACE.fullmatch(problem.where or record.plan)
    # A forge knows files as they are called from the repository on.
    top = record.repository.rstrip("/") + "/"
    facts = {"file": (where["path"] if where else record.plan).removeprefix(top)}
    if where and where["line"]:
        facts["line"] = where["line"]
    if where and where["column"]:
        facts["col"] = where["column"]
    facts["title"] = title
    said = problem.message + (f"\n{problem.instead}" if problem.instead else "")
    named = ",".join(f"{key}={_value(value)}" for key, value in facts.items())
    return f"::error {named}::{_data(said)}"


def _data(text: str) -> str:
    """Return text that ends no command: a line end would begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
