"""The command `check`: what speaks against a class, a choice of mixins or the registry."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.mixins.check_text import show_findings, show_registry
from omnibase_core.cli.mixins.common import add_command, asked_registry, registry
from omnibase_core.cli.request_error import RequestError

if TYPE_CHECKING:
    from omnibase_core.cli.mixins.common import Commands
    from omnibase_core.cli.mixins.judging import Judged
    from omnibase_core.discovery import MixinDiscovery

__all__ = ["add"]


def add(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "check",
        _run,
        "Check a composition for conflicts; with neither CLASS nor --mixins, the registry.",
    )
    subject = parser.add_mutually_exclusive_group()
    subject.add_argument("subject", nargs="?", metavar="CLASS", help="package.module:Class")
    subject.add_argument("--mixins", metavar="A,B,C", help="mixins above the base of all nodes")


def _run(asked: argparse.Namespace) -> Answer:
    discovery = asked_registry(asked)
    if asked.mixins is not None:
        return _mixins(discovery, asked.mixins)
    if asked.subject is not None:
        return _class(discovery, asked.subject)
    from omnibase_core.discovery.registry_check import check  # noqa: PLC0415 - reads modules

    with registry():
        problems = check(asked.registry)
    path = str(discovery.metadata_path)
    return Answer(
        {"registry": path, "problems": problems},
        lambda sheet: show_registry(sheet, path, problems),
        int(bool(problems)),
    )


def _class(discovery: "MixinDiscovery", text: str) -> Answer:
    from omnibase_core.cli.mixins.judging import judge_class  # noqa: PLC0415 - reads source code

    with registry():
        return _answer(text, judge_class(discovery, text))


def _mixins(discovery: "MixinDiscovery", text: str) -> Answer:
    from omnibase_core.cli.mixins.judging import judge_mixins  # noqa: PLC0415 - reads source code

    given = [part.strip() for part in text.split(",") if part.strip()]
    if not given:
        raise RequestError("--mixins names none", "--mixins A,B,C")
    with registry():
        names = [discovery.find_name(part) for part in given]
        return _answer(", ".join(names), judge_mixins(discovery, names))


def _answer(subject: str, judged: "Judged") -> Answer:
    objected = any(finding.severity == "conflict" for finding in judged.findings)
    body: dict[str, Any] = {
        "subject": subject,
        "order": [f"{cls.__module__}:{cls.__qualname__}" for cls in judged.order],
        "mixins": [cls.__name__ for cls in judged.mixins],
        "findings": [asdict(finding) for finding in judged.findings],
    }
    return Answer(body, lambda sheet: show_findings(sheet, subject, judged), int(objected))
