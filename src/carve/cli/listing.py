"""What `carve checks` does: every check with its promise, or one with an example."""

import textwrap
from collections.abc import Iterator

from rich.console import Console

from carve.checks.catalogue import AFTER, BEFORE
from carve.cli.answer import Answer
from carve.errors import CarveError
from carve.plan.nearest import nearest
from carve.report.terminal import line

__all__ = ["explain_check", "list_checks"]

_TITLES = {
    "before": "before any text moves",
    "after": "of the texts that would be written",
    "written": "of the tree that was written",
}
_WRITTEN = {
    "imports-first": "Each of the two modules can be imported first, in a fresh process.",
    "pins": "What the scenarios show has not changed; with a plan that has pins.",
    "tests": "The tests pass; with a plan that names a command.",
}
_WIDEST = 80
_FENCE = "```"


def list_checks() -> Answer:
    """Return all checks in the order in which they are asked."""
    found = [{key: each[key] for key in ("name", "when", "promise")} for each in _checks()]

    def show(console: Console) -> None:
        width = max(len(each["name"]) for each in found)
        for when, title in _TITLES.items():
            console.print(line((title, "bold")))
            for each in found:
                if each["when"] == when:
                    head = f"  {each['name']:<{width}}  "
                    _print(console, each["promise"], head, " " * len(head))
        console.print(line(("carve checks NAME explains one, with an example", "dim")))

    return Answer({"checks": found}, show=show)


def explain_check(name: str) -> Answer:
    """Return one check with its explanation."""
    known = {each["name"]: each for each in _checks()}
    if name not in known:
        raise CarveError(
            f"there is no check {name!r}",
            instead=nearest(name, known) or "carve checks lists them all",
        )
    check = known[name]

    def show(console: Console) -> None:
        console.print(line((name, "bold"), (f"  asked {_TITLES[check['when']]}", "dim")))
        # An explanation says the promise anew, in more words.
        for block, is_code in _blocks(check["explanation"] or check["promise"]):
            console.print()
            if is_code:
                indented = textwrap.indent(block, "    ")
                console.print(indented, soft_wrap=True, markup=False, highlight=False)
            else:
                _print(console, block)

    return Answer({"checks": [check]}, show=show)


def _checks() -> Iterator[dict[str, str]]:
    for when, checks in (("before", BEFORE), ("after", AFTER)):
        for name, module in checks.items():
            promise, _, rest = (module.__doc__ or "").partition("\n")
            explanation = rest.strip()
            yield {"name": name, "when": when, "promise": promise, "explanation": explanation}
    for name, promise in _WRITTEN.items():
        yield {"name": name, "when": "written", "promise": promise, "explanation": ""}


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each paragraph, and each piece of code without its fence."""
    for number, part in enumerate(text.split(_FENCE)):
        if number % 2:
            yield part.partition("\n")[2].rstrip("\n"), True
        else:
            yield from ((each, False) for each in part.strip().split("\n\n") if each)


def _print(console: Console, text: str, head: str = "", below: str = "") -> None:
    """Print a paragraph, filled to the width of the terminal."""
    filled = textwrap.fill(
        " ".join(text.split()),
        min(console.width, _WIDEST),
        initial_indent=head,
        subsequent_indent=below,
        break_on_hyphens=False,
    )
    console.print(filled, soft_wrap=True, markup=False, highlight=False)
