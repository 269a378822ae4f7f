"""What `carve checks` does: every check with the promise that its module makes."""

from rich.console import Console

from carve.checks.catalogue import AFTER, BEFORE
from carve.cli.answer import Answer
from carve.report.terminal import line

__all__ = ["list_checks"]


def list_checks() -> Answer:
    """Return all checks in the order in which they are asked."""
    found = [
        {"name": name, "when": when, "promise": (module.__doc__ or "").partition("\n")[0]}
        for when, checks in (("before", BEFORE), ("after", AFTER))
        for name, module in checks.items()
    ]

    def show(console: Console) -> None:
        width = max(len(each["name"]) for each in found)
        titles = {"before": "before any text moves", "after": "of the texts that would be written"}
        for when, title in titles.items():
            console.print(line((title, "bold")))
            for each in found:
                if each["when"] == when:
                    console.print(f"  {each['name']:<{width}}  {each['promise']}", soft_wrap=True)

    return Answer({"checks": found}, show=show)
