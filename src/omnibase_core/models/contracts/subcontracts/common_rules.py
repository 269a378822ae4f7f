"""Rules that more than one subcontract has, as functions of a field and its value."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Annotated, TypeAlias

from pydantic import StringConstraints

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule

__all__ = [
    "Capitals",
    "SmallLetters",
    "faulty_names",
    "faulty_redaction",
    "offenders",
    "repeated",
    "unlisted",
]

# Pydantic's own core changes the case, which costs a tenth of a validator in Python.
Capitals: TypeAlias = Annotated[str, StringConstraints(to_upper=True)]
SmallLetters: TypeAlias = Annotated[str, StringConstraints(to_lower=True)]


def unlisted(field: str, value: str, allowed: Sequence[str]) -> tuple[BrokenRule, ...]:
    """Return a value that is none of `allowed`."""
    if value in allowed:
        return ()
    return (BrokenRule(field, f"is {value!r}, not one of {', '.join(allowed)}"),)


def faulty_names(field: str, names: Sequence[str]) -> Iterator[BrokenRule]:
    """Yield blank names, names that no file can hold, and names that are there twice."""
    if _are_plain(names):
        return  # the common case, at a fraction of the price
    yield from offenders(field, "is blank", (not name.strip() for name in names))
    yield from offenders(field, "is no text that can be stored", map(_is_unstorable, names))
    yield from repeated(field, names)


def repeated(field: str, items: Iterable[Hashable]) -> Iterator[BrokenRule]:
    """Yield the items that equal an earlier one."""
    seen: set[Hashable] = set()
    again: list[bool] = []
    for item in items:
        again.append(item in seen)
        seen.add(item)
    yield from offenders(field, "is there already", again)


def offenders(field: str, problem: str, at_fault: Iterable[bool]) -> Iterator[BrokenRule]:
    """Yield one rule with the places at fault: the values may be too long to be told."""
    places = [str(place) for place, is_at_fault in enumerate(at_fault) if is_at_fault]
    if places:
        yield BrokenRule(field, f"has what {problem} (at index {', '.join(places)})")


def faulty_redaction(switch: str, *, on: bool, patterns: Sequence[str]) -> Iterator[BrokenRule]:
    """Yield redaction that is on without a pattern, and patterns that cannot be meant."""
    if on and not patterns:
        yield BrokenRule("sensitive_field_patterns", f"is empty while {switch} is on")
    yield from faulty_names("sensitive_field_patterns", patterns)


def _are_plain(names: Sequence[str]) -> bool:
    """Tell different names that are words of ASCII, of which no rule thinks ill."""
    joined = "_".join(names)
    plain = joined.isidentifier() and joined.isascii() and "" not in names
    return plain and len(set(names)) == len(names)


def _is_unstorable(text: str) -> bool:
    """Tell half a character (a lone surrogate), which neither JSON nor YAML can hold."""
    return any("\ud800" <= character <= "\udfff" for character in text)
