"""Louvain communities of a weighted graph (Blondel et al. 2008), alike for the same seed.

The resolution is that of Reichardt and Bornholdt (2006): more makes more and smaller communities.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["louvain"]

_LEAST = 1e-12  # a gain below that is one of rounding


@dataclass(frozen=True)
class _Graph:
    """Nodes are numbers; `inner` is the weight within each, which stands for several."""

    links: Sequence[Mapping[int, float]]
    inner: Sequence[float]

    def degree(self, node: int) -> float:
        return sum(self.links[node].values()) + 2 * self.inner[node]


def louvain(
    count: int, weights: Mapping[tuple[int, int], float], resolution: float, seed: int
) -> list[frozenset[int]]:
    """Return the communities of the nodes 0 to `count`; pairs without weight are not close."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    links: list[dict[int, float]] = [{} for _ in range(count)]
    for (one, other), weight in weights.items():
        if weight > 0:
            links[one][other] = links[other][one] = weight
    graph = _Graph(links, [0.0] * count)
    parts = [frozenset((node,)) for node in range(count)]
    while True:
        home = _settled(graph, resolution, chance)
        if len(set(home)) == len(parts):
            return parts
        graph, parts = _merged(graph, parts, home)


def _settled(graph: _Graph, resolution: float, chance: random.Random) -> list[int]:
    """Move nodes to the community of a neighbour as long as that gains modularity."""
    home = list(range(len(graph.links)))
    degrees = [graph.degree(node) for node in home]
    totals, whole = degrees.copy(), sum(degrees)
    order = home.copy()
    chance.shuffle(order)
    moved = whole > 0
    while moved:
        moved = False
        for node in order:
            totals[home[node]] -= degrees[node]
            share = resolution * degrees[node] / whole
            best = _best(graph.links[node], home, totals, node, share)
            moved = moved or best != home[node]
            home[node] = best
            totals[best] += degrees[node]
    return home


def _best(
    links: Mapping[int, float], home: list[int], totals: list[float], node: int, share: float
) -> int:
    """Return the community that a node gains most from; its own unless another is better."""
    near = {home[node]: 0.0}
    for other, weight in links.items():
        near[home[other]] = near.get(home[other], 0.0) + weight
    best = home[node]
    most = near[best] - share * totals[best]
    for each, weight in near.items():
        gain = weight - share * totals[each]
        if gain > most + _LEAST:
            best, most = each, gain
    return best


def _merged(
    graph: _Graph, parts: Sequence[frozenset[int]], home: Sequence[int]
) -> tuple[_Graph, list[frozenset[int]]]:
    """Make each community one node."""
    number = {each: place for place, each in enumerate(dict.fromkeys(home))}
    links: list[dict[int, float]] = [{} for _ in number]
    inner = [0.0] * len(number)
    joined: list[set[int]] = [set() for _ in number]
    for node, part in enumerate(parts):
        mine = number[home[node]]
        joined[mine] |= part
        inner[mine] += graph.inner[node]
        for other, weight in graph.links[node].items():
            its = number[home[other]]
            if its == mine:
                inner[mine] += weight / 2  # each link is seen from both ends
            else:
                links[mine][its] = links[mine].get(its, 0.0) + weight
    return _Graph(links, inner), [frozenset(part) for part in joined]
