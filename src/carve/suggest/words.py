"""The words that identifiers are made of, and how telling each of them is."""

import ast
import keyword
import math
import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import TypeVar

__all__ = ["cosine", "identifiers", "rarity", "stem", "weighed", "words_of"]

T = TypeVar("T", bound=Hashable)

# Upper case before a capitalised word, a word, upper case alone; digits part words.
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_LEAST = 2
# They end on s without being several.
_SINGULAR = ("ss", "us", "is", "as", "ics")


def words_of(identifier: str) -> tuple[str, ...]:
    """Return the words of a name in any spelling: `_loadHTTPContract` is load, http, contract."""
    return tuple(word.lower() for word in _WORD.findall(identifier) if len(word) >= _LEAST)


def stem(word: str) -> str:
    """Return the word without its plural: `entries` and `entry` are one word."""
    if len(word) > len("bus") and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > len("bus") and word.endswith("s") and not word.endswith(_SINGULAR)
    return word[:-1] if plural else word


def identifiers(node: ast.AST, without: Collection[str] = ()) -> Iterator[str]:
    """Yield each name, attribute and argument in the code, attributes of `without` left out."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            if inner.id not in without:
                yield inner.id
        elif isinstance(inner, ast.Attribute):
            if getattr(inner.value, "id", None) not in without:
                yield inner.attr
        elif isinstance(inner, ast.arg | ast.keyword) and inner.arg and inner.arg not in without:
            yield inner.arg


def weighed(counts: Mapping[T, Counter[str]]) -> dict[T, dict[str, float]]:
    """Return for each document its words by tf-idf (Sparck Jones 1972), with damped counts."""
    found = Counter(word for words in counts.values() for word in words)
    return {
        name: {
            word: (1 + math.log(count)) * rarity(found[word], len(counts))
            for word, count in words.items()
            if not keyword.iskeyword(word)
        }
        for name, words in counts.items()
    }


def rarity(found_in: int, of: int) -> float:
    """Return 1 for what is found once, 0 for what is found everywhere, and logs in between."""
    return math.log(of / found_in) / math.log(of) if 0 < found_in < of else 0.0


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two weighed documents are, from 0 to 1."""
    # In sorted order, because sums of floats depend on it and sets have none.
    shared = sum(one[word] * other[word] for word in sorted(one.keys() & other.keys()))
    length = math.sqrt(_square(one) * _square(other))
    return shared / length if length else 0.0


def _square(document: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in document.values())
