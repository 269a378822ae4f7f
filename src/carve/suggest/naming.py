"""Names for clusters, taken from the words of the code itself."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carve.plan.refs import is_name
from carve.suggest.graph import Node
from carve.suggest.words import stem, words_of

__all__ = ["Capability", "capabilities"]

# Words that say how something is done, or nothing, and not what it is about.
_EMPTY = frozenset(
    {
        *("add", "all", "and", "any", "are", "by", "can", "count", "current", "data", "default"),
        *("disabled", "do", "enabled", "for", "from", "get", "has", "have", "info", "init"),
        *("initialize", "internal", "is", "item", "kind", "list", "make", "max", "min", "ms"),
        *("name", "new", "not", "of", "on", "or", "result", "run", "set", "size", "status"),
        *("sync", "the", "to", "type", "update", "use", "value", "with"),
    }
)
_PAIR = 2
_VERB = 0.1
_SHORTEST = 3
_Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capability:
    """What a cluster is about, as the words of a name."""

    words: _Term

    @property
    def slug(self) -> str:
        """Return it as the end of a module's name: `effect_handlers`."""
        return "_".join(self.words)

    @property
    def title(self) -> str:
        """Return it as the end of a class's name: `EffectHandlers`."""
        return "".join(word.capitalize() for word in self.words)

    @property
    def text(self) -> str:
        """Return it for a reader: `effect handlers`."""
        return " ".join(self.words)


def capabilities(
    groups: Sequence[Sequence[Node]], taken: Iterable[str] = (), host: str = ""
) -> list[Capability]:
    """Return a name for each group of members, none twice and none of `taken` (slugs).

    The term with the highest tf-idf names a group: one word, or two that stand together, that
    many of its names have and few other groups. The surest group chooses first. What the class
    itself is called, `host`, names no part of it.
    """
    own = {(stem(word),) for word in words_of(host)}
    counts = [_counted(group) for group in groups]
    spellings = Counter(spelt for group in groups for node in group for spelt in _spelt(node.name))
    ranked = [
        _ranked(count, counts, len(group)) for count, group in zip(counts, groups, strict=True)
    ]
    best = {index: rank[0][0] if rank else 0.0 for index, rank in enumerate(ranked)}
    used = set(taken)
    found: dict[int, Capability] = {}
    for index in sorted(best, key=lambda each: (-best[each], each)):
        terms = [term for _, term in ranked[index] if term not in own]
        options = (Capability(_surface(term, spellings)) for term in terms)
        free = (option for option in options if option.slug not in used and is_name(option.slug))
        found[index] = next(free, None) or _numbered(used)
        used.add(found[index].slug)
    return [found[index] for index in range(len(groups))]


def _counted(group: Sequence[Node]) -> dict[_Term, float]:
    """Return in how many names each term is; what a method does counts less than what about."""
    found: dict[_Term, float] = {}
    for node in group:
        spelt = _spelt(node.name)
        verb = spelt[0][0][0] if spelt and node.kind == "method" and len(spelt) > 1 else None
        # What the language itself has named says nothing of what the class is about.
        special = node.name.startswith("__") and node.name.endswith("__")
        for term in {term for term, _ in spelt}:
            weight = _VERB if special or term[0] == verb else 1.0
            found[term] = found.get(term, 0.0) + weight
    return found


def _spelt(name: str) -> list[tuple[_Term, _Term]]:
    """Return each word of a name and each pair of neighbours: stemmed, and as it is written."""
    words = [word for word in words_of(name) if len(word) >= _SHORTEST and word not in _EMPTY]
    surfaces = [(word,) for word in words] + list(pairwise(words))
    return [(tuple(map(stem, surface)), surface) for surface in surfaces]


def _ranked(
    count: Mapping[_Term, float], counts: Sequence[Mapping[_Term, float]], size: int
) -> list[tuple[float, _Term]]:
    scored = [(_score(term, count[term], counts, size), term) for term in count]
    return sorted(scored, key=lambda item: (-item[0], -len(item[1]), item[1]))


def _score(term: _Term, here: float, counts: Sequence[Mapping[_Term, float]], size: int) -> float:
    """Return the share of the group's names with the term, times how much it is this group's."""
    everywhere = sum(count.get(term, 0.0) for count in counts)
    idf = math.log(1 + len(counts) / sum(term in count for count in counts))
    # Two words say more than one, if nearly as many names have both.
    return here / size * idf * here / everywhere * (1.25 if len(term) == _PAIR else 1.0)


def _surface(term: _Term, spellings: Counter[tuple[_Term, _Term]]) -> _Term:
    """Return the term as the code spells it most often."""
    known = [(count, spelt) for (found, spelt), count in spellings.items() if found == term]
    return max(known)[1]


def _numbered(used: set[str]) -> Capability:
    number = next(n for n in range(1, len(used) + 2) if f"part_{n}" not in used)
    return Capability(("part", str(number)))
