"""Unified diffs: coloured for a reader, untouched for `git apply`."""

from rich.console import Console

from carve.report.model import StepRecord
from carve.report.terminal import line, safe

__all__ = ["show_diffs", "style_of"]

_STYLES = (
    ("diff --git ", "bold"),
    ("--- ", "bold"),
    ("+++ ", "bold"),
    ("@@", "cyan"),
    ("+", "green"),
    ("-", "red"),
)


def show_diffs(console: Console, steps: tuple[StepRecord, ...]) -> None:
    """Print the diff of each step that has one; a pipe gets the bytes of the patch alone."""
    for step in steps:
        if not step.diff:
            continue
        if not console.is_terminal:
            console.file.write(step.diff)
            continue
        console.print(line((safe(step.id), "bold"), f"  {safe(step.title)}"), soft_wrap=True)
        for text in step.diff.split("\n")[:-1]:
            console.print(line((safe(text), style_of(text))), soft_wrap=True)
        console.print()


def style_of(text: str) -> str:
    """Return how a line of a patch is shown."""
    return next((style for start, style in _STYLES if text.startswith(start)), "")
