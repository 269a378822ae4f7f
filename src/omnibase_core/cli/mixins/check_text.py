"""Findings in words."""

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from omnibase_core.cli.sheet import Sheet

if TYPE_CHECKING:
    from omnibase_core.cli.mixins.judging import Judged

__all__ = ["show_findings", "show_registry"]

_STYLES = {"conflict": "red", "note": "yellow"}


def show_findings(sheet: Sheet, subject: str, judged: "Judged") -> None:
    """Write what was found in a composition."""
    counted = Counter(finding.severity for finding in judged.findings)
    said = [_counted(counted[each], each) for each in ("conflict", "note") if counted[each]]
    sheet.line(f"{subject}: {', '.join(said) or 'fine'}", style="bold")
    if judged.order:
        shown = [cls.__name__ for cls in judged.order if cls is not object]
        sheet.line(f"order: {' > '.join(shown)}")
    for finding in judged.findings:
        sheet.blank()
        sheet.line(f"{finding.severity}: {finding.kind}", style=_STYLES[finding.severity])
        sheet.line(finding.message, indent=2)
        if finding.where:
            sheet.line(f"at {_from_here(finding.where)}", indent=4)
        if finding.instead:
            sheet.line(f"try: {finding.instead}", indent=4)


def show_registry(sheet: Sheet, path: str, problems: list[str]) -> None:
    """Write what is wrong with the registry."""
    said = _counted(len(problems), "problem") if problems else "fine"
    sheet.line(f"{path}: {said}", style="bold")
    for problem in problems:
        sheet.line(problem, indent=2)


def _from_here(where: str) -> str:
    """Return a file and line from the current folder on, if the file is below it."""
    here = f"{Path.cwd()}{os.sep}"
    return where.removeprefix(here)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
