"""Objections as text: what, where, what next."""

from collections.abc import Iterable

from rich.console import Console

from carve.report.model import Problem
from carve.report.terminal import line, safe

__all__ = ["show_error", "show_grouped", "what_next"]

# More of one kind is no longer read; whoever counts on all of them asks for JSON.
_MOST = 50


def show_error(console: Console, problem: Problem) -> None:
    """Print one error with its place and a way out."""
    first, *more = problem.message.splitlines() or [""]
    console.print(line(("error:", "bold red"), f" {safe(first)}"), soft_wrap=True)
    for text in more:
        console.print(f"  {safe(text)}", soft_wrap=True)
    if problem.where:
        console.print(line(("  at  ", "dim"), safe(problem.where)), soft_wrap=True)
    if problem.instead:
        console.print(f"  {what_next(problem.instead)}", soft_wrap=True)


def show_grouped(console: Console, problems: Iterable[Problem], indent: str = "") -> None:
    """Print objections below the checks that raised them."""
    found = list(problems)
    for check in dict.fromkeys(problem.check for problem in found):
        group = [problem for problem in found if problem.check == check]
        name = safe(check or "error")
        console.print(line(indent, (name, "bold red"), f"  {len(group)} found"), soft_wrap=True)
        for problem in group[:_MOST]:
            _show_found(console, problem, f"{indent}  ")
        if len(group) > _MOST:
            told = f"{indent}  and {len(group) - _MOST:,} more; --json has all of them"
            console.print(line((told, "dim")), soft_wrap=True)


def what_next(instead: str) -> str:
    """Return the advice as something that can be done."""
    text = safe(instead)
    return f"try {text}" if text.startswith("one of ") else text


def _show_found(console: Console, problem: Problem, indent: str) -> None:
    first, *more = problem.message.splitlines() or [""]
    place = f"{safe(problem.where)}  " if problem.where else ""
    console.print(line(indent, (place, "cyan"), safe(first)), soft_wrap=True)
    for text in more:
        console.print(f"{indent}  {safe(text)}", soft_wrap=True)
    if problem.instead:
        console.print(line(f"{indent}  ", (what_next(problem.instead), "dim")), soft_wrap=True)
