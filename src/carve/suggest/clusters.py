"""Groups of members that belong together, and how sure that is.

Louvain communities (Blondel et al. 2008, with the resolution of Reichardt and Bornholdt 2006) of
many slightly changed graphs, and their consensus (Lancichinetti and Fortunato 2012): what is put
together in most of the runs is together. The runs also tell the stability of each cluster: the
mean of its best Jaccard index per run (Hennig 2007, "Cluster-wise assessment of cluster
stability"). All chance comes from fixed seeds, so the same text leads to the same clusters.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Literal

from carve.suggest.likeness import Likeness, Weights
from carve.suggest.louvain import louvain

__all__ = ["RESOLUTION", "Cluster", "Firmness", "best_jaccard", "clusters", "jaccard"]

# Modularity as it was defined; more makes more and smaller clusters.
RESOLUTION = 1.0
_RUNS = 60
_ROUNDS = 5
_TOGETHER = 0.5
# How much a run differs: each kind of closeness, the resolution, and each single pair.
_WEIGHT, _FINENESS, _NOISE = 1.5, 1.25, 0.2

_Pair = tuple[str, str]
Firmness = Literal["firm", "stable", "doubtful", "loose"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members that belong together, in the order of the text, and how stable that is."""

    members: tuple[str, ...]
    stability: float

    @property
    def firmness(self) -> Firmness:
        """Return the stability as a word; the bounds are those that Hennig recommends."""
        bounds: tuple[tuple[float, Firmness], ...]
        bounds = ((0.85, "firm"), (0.75, "stable"), (0.6, "doubtful"))
        return next((word for least, word in bounds if self.stability >= least), "loose")


def clusters(like: Likeness, resolution: float = RESOLUTION) -> tuple[Cluster, ...]:
    """Return the clusters, each member in exactly one, in the order of their first members."""
    runs = [_changed_run(like, resolution, number) for number in range(_RUNS)]
    place = {name: number for number, name in enumerate(like.names)}
    made = [
        Cluster(
            tuple(sorted(part, key=place.__getitem__)),
            round(sum(best_jaccard(part, run) for run in runs) / len(runs), 3),
        )
        for part in _consensus(like.names, runs)
    ]
    return tuple(sorted(made, key=lambda cluster: place[cluster.members[0]]))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the members of either is in both."""
    return len(one & other) / len(one | other) if one | other else 1.0


def best_jaccard(part: frozenset[str], others: Iterable[frozenset[str]]) -> float:
    """Return the Jaccard index of the most similar set."""
    return max((jaccard(part, other) for other in others), default=0.0)


def _changed_run(like: Likeness, resolution: float, number: int) -> list[frozenset[str]]:
    chance = random.Random(number)  # noqa: S311 - repeatable on purpose
    weights = Weights()
    changes = {
        each.name: getattr(weights, each.name) * _factor(chance, _WEIGHT)
        for each in fields(weights)
    }
    noisy = {
        pair: weight * max(0.0, chance.gauss(1.0, _NOISE))
        for pair, weight in like.weighted(replace(weights, **changes)).items()
    }
    return _communities(like.names, noisy, resolution * _factor(chance, _FINENESS), number)


def _factor(chance: random.Random, most: float) -> float:
    return float(most ** chance.uniform(-1, 1))


def _consensus(names: tuple[str, ...], runs: list[list[frozenset[str]]]) -> list[frozenset[str]]:
    """Cluster by how often two members were together, until all runs agree."""
    for round_number in range(_ROUNDS):
        together = _together(runs)
        agreed = {pair: share for pair, share in together.items() if share >= _TOGETHER}
        runs = [_communities(names, agreed, 1.0, seed + round_number) for seed in range(_ROUNDS)]
        if all(set(run) == set(runs[0]) for run in runs):
            break
    return runs[0]


def _together(runs: list[list[frozenset[str]]]) -> dict[_Pair, float]:
    counted = Counter(
        pair for run in runs for part in run for pair in combinations(sorted(part), 2)
    )
    return {pair: count / len(runs) for pair, count in sorted(counted.items())}


def _communities(
    names: tuple[str, ...], weights: dict[_Pair, float], resolution: float, seed: int
) -> list[frozenset[str]]:
    number = {name: index for index, name in enumerate(names)}
    near = {(number[one], number[other]): weight for (one, other), weight in weights.items()}
    found = louvain(len(names), near, resolution, seed)
    return [frozenset(names[index] for index in part) for part in found]
