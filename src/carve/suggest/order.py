"""In which order clusters leave a class: what others need goes first."""

from collections.abc import Sequence

from carve.suggest.graph import CONSTRUCTORS, MemberGraph

__all__ = ["in_dependency_order"]


def in_dependency_order(graph: MemberGraph, groups: Sequence[Sequence[str]]) -> list[int]:
    """Return the numbers of the groups, each after those that it uses.

    Where groups use each other, the one goes first that uses the least of what is left, in the
    manner of Eades, Lin and Smyth (1993).
    """
    place = {name: number for number, group in enumerate(groups) for name in group}
    uses: dict[int, dict[int, int]] = {number: {} for number in range(len(groups))}
    for edge in graph.edges:
        source, target = place.get(edge.source), place.get(edge.target)
        if source is None or target is None or source == target or edge.source in CONSTRUCTORS:
            continue
        uses[source][target] = uses[source].get(target, 0) + 1
    left = set(uses)
    ordered: list[int] = []
    while left:
        now = min(left, key=lambda number: (_needed(uses[number], left), number))
        ordered.append(now)
        left.remove(now)
    return ordered


def _needed(uses: dict[int, int], left: set[int]) -> int:
    return sum(count for target, count in uses.items() if target in left)
