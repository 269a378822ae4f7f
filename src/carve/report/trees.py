"""The differences of one scenario as a tree: what their paths share is there once."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from carve.report.terminal import counted, lay, safe
from carve.report.values import sides

__all__ = ["show_tree"]

_MOST = 20
_MARKS = {"new": "bold green", "missing": "bold red", "not reproducible": "bold yellow"}


def show_tree(console: Console, differences: Sequence[Mapping[str, Any]]) -> None:
    """Print each difference below its path, and how many there are besides."""
    root = Tree("", hide_root=True, guide_style="dim")
    nodes: dict[tuple[str | int, ...], Tree] = {(): root}
    for each in differences[:_MOST]:
        # An observation that is new as a whole has no path.
        *above, last = each.get("steps") or (each["path"] or "(all of it)",)
        at: tuple[str | int, ...] = ()
        for step in above:
            if (*at, step) not in nodes:
                nodes[*at, step] = nodes[at].add(_text(_key(step)))
            at = (*at, step)
        nodes[at].add(_leaf(last, each))
    lay(console, Padding(root, (0, 0, 0, 2), expand=False))
    if len(differences) > _MOST:
        more = counted(len(differences) - _MOST, "more difference")
        console.print(f"  ... and {more}", soft_wrap=True)


def _leaf(step: str | int, difference: Mapping[str, Any]) -> Text:
    kind = difference["kind"]
    label = _text(_key(step))
    if kind in _MARKS:
        label.append("  ").append(kind, _MARKS[kind])
    for text, style in sides(difference):
        label.append("\n").append(text, style)
    return label


def _key(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else safe(step) or "''"


def _text(words: str) -> Text:
    return Text(words, overflow="fold")
