"""A suggestion as text: figures, clusters, what stays and why, the graph, the draft."""

from collections.abc import Iterable
from textwrap import wrap

from rich.console import Console

from carve.report.terminal import counted, lay, line, safe, table
from carve.suggest.figures import Figures
from carve.suggest.graph import MemberGraph
from carve.suggest.suggestion import Group, Suggestion

__all__ = ["show_suggestion"]

_STYLES = {"firm": "green", "stable": "green", "doubtful": "yellow", "loose": "red"}
_RELATIONS = ("calls", "writes", "reads")


def show_suggestion(console: Console, found: Suggestion, plan: str) -> None:
    """Print everything; the draft comes last, to be copied."""
    own = found.figures
    place = f"{safe(found.path)}:{found.graph.host.node.lineno}"
    size = f"{counted(own.members, 'member')}, {counted(own.lines, 'line')}"
    console.print(line((found.source.name, "bold"), f"  {place}  {size}"), soft_wrap=True)
    console.print()
    _show_figures(console, found)
    if found.groups:
        console.print()
        _show_groups(console, found.groups)
    _show_stays(console, found)
    if not found.graph.nodes:
        console.print("\nThe class has no members, so there is nothing to take apart.")
        return
    _show_graph(console, found)
    if plan:
        _head(console, "draft of a plan")
        console.file.write("".join(f"{safe(text)}\n" for text in plan.splitlines()))


def _show_figures(console: Console, found: Suggestion) -> None:
    rows = table("figure", "value", "says", right=("value",))
    own = found.figures
    for name, value, says in (
        ("LCOM4", str(own.lcom4), "parts that share neither attribute nor call; 1 is cohesive"),
        ("TCC", _share(own.tcc), "pairs of methods with a common attribute, calls included"),
        ("LCC", _share(own.lcc), "the same, over chains of such pairs"),
        ("attributes", _share(own.attribute_coupling), "uses of attributes from outside"),
        ("calls", _share(own.call_coupling), "uses of methods from outside"),
    ):
        rows.add_row(name, value, says)
    lay(console, rows)


def _show_groups(console: Console, groups: Iterable[Group]) -> None:
    numbers = ("members", "lines", "LCOM4", "TCC", "attr", "calls")
    rows = table("cluster", *numbers, "stability", "step", right=numbers)
    for group in groups:
        how = f"{group.stability:.2f} {group.firmness}"
        rows.add_row(
            line(safe(group.name)),
            str(len(group.members)),
            str(group.figures.lines),
            *_cells(group.figures),
            line((how, _STYLES[group.firmness])),
            line(safe((group.step or "-").partition("-")[0] or "-")),
        )
    lay(console, rows)


def _cells(own: Figures) -> tuple[str, ...]:
    shares = map(_share, (own.tcc, own.attribute_coupling, own.call_coupling))
    return (str(own.lcom4), *shares)


def _show_stays(console: Console, found: Suggestion) -> None:
    if not found.draft.stays:
        return
    _head(console, f"stays in {safe(found.source.name)}")
    for stay in found.draft.stays:
        _wrapped(console, safe(", ".join(stay.members)), "  ")
        place = f"{safe(stay.where)}  " if stay.where else ""
        check = f" ({stay.check})" if stay.check else ""
        _wrapped(console, f"{place}{safe(stay.reason)}{check}", "    ")
        if stay.instead:
            _wrapped(console, safe(stay.instead), "    ")


def _show_graph(console: Console, found: Suggestion) -> None:
    _head(console, "who uses what")
    placed = {name for group in found.groups for name in group.members}
    rest = [name for name in found.graph.nodes if name not in placed]
    parts = [(group.name, group.members) for group in found.groups]
    for title, members in [*parts, ("in no cluster", tuple(rest))]:
        if members:
            console.print(line(("  ", ""), (safe(title), "bold")), soft_wrap=True)
        for name in members:
            console.print(f"    {safe(name)}", soft_wrap=True)
            for text in _uses(found.graph, name):
                _wrapped(console, text, "      ")


def _uses(graph: MemberGraph, name: str) -> Iterable[str]:
    for relation in _RELATIONS:
        targets = [e.target for e in graph.edges if (e.source, e.relation) == (name, relation)]
        if targets:
            yield f"{relation} {safe(', '.join(targets))}"
    helpers = [helper for helper, users in graph.helpers.items() if name in users]
    if helpers:
        yield f"helpers {safe(', '.join(helpers))}"


def _wrapped(console: Console, text: str, indent: str) -> None:
    more = f"{indent}  "
    width = max(console.width, len(more) + 20)
    for row in wrap(text, width, initial_indent=indent, subsequent_indent=more):
        console.print(row, soft_wrap=True)


def _head(console: Console, text: str) -> None:
    console.print()
    console.print(line((text, "bold")), soft_wrap=True)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
