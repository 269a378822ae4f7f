"""The steps of a plan as JUnit XML: one test case a step, for whatever shows such files."""

import re
from xml.etree import ElementTree as ET

from carve.report.model import Problem, RunRecord, StepRecord

__all__ = ["junit"]

# What XML 1.0 cannot hold, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WAITING = ("pending",)


def junit(record: RunRecord) -> bytes:
    """Return the document; an objection is a failure, a step that was not looked at is skipped."""
    failed = sum(bool(step.problems) for step in record.steps)
    last = record.final.problems if record.final else ()
    waiting = sum(step.state in _WAITING for step in record.steps)
    counts = {"tests": len(record.steps) + bool(last) + bool(record.drift)}
    counts |= {"skipped": waiting, "failures": failed + bool(last) + bool(record.drift)}
    counts["errors"] = 0
    facts = {key: str(value) for key, value in counts.items()}
    facts |= {"name": _text(f"carve {record.plan}"), "time": f"{record.seconds:.3f}"}
    top = ET.Element("testsuites", facts)
    suite = ET.SubElement(top, "testsuite", facts)
    for step in record.steps:
        _case(suite, step, _text(record.plan))
    if last:
        _failure(_named(suite, "after the last step", _text(record.plan), 0.0), last)
    if record.drift:
        case = _named(suite, "drift", _text(record.plan), 0.0)
        found = [Problem("is not what the plan leads to", path) for path in record.drift]
        _failure(case, found)
    ET.indent(top)
    raw: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return raw + b"\n"


def _case(suite: ET.Element, step: StepRecord, plan: str) -> None:
    case = _named(suite, step.id, plan, step.seconds)
    if step.problems:
        _failure(case, step.problems)
    elif step.state in _WAITING:
        ET.SubElement(case, "skipped", {"message": "not carried out yet"})
    said = [step.title, step.why, f"state: {step.state}", *step.notes]
    said += [f"pins held: {step.pins}"] * (step.pins is not None)
    said += [f"tests: {step.tests}"] * (step.tests is not None)
    ET.SubElement(case, "system-out").text = _text("\n".join(said))


def _named(suite: ET.Element, name: str, plan: str, seconds: float) -> ET.Element:
    facts = {"name": _text(name), "classname": plan, "time": f"{seconds:.3f}"}
    return ET.SubElement(suite, "testcase", facts)


def _failure(case: ET.Element, problems: tuple[Problem, ...] | list[Problem]) -> None:
    first = problems[0]
    head = {"message": _text(first.message), "type": _text(first.check or "problem")}
    lines = []
    for problem in problems:
        lines += [f"{problem.where}: {problem.message}" if problem.where else problem.message]
        lines += [f"  {problem.instead}"] * bool(problem.instead)
    ET.SubElement(case, "failure", head).text = _text("\n".join(lines))


def _text(text: str) -> str:
    return _UNSAYABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
