"""Every mutant that no pin notices is listed as equivalent, with a reason.

A list that has gone stale is a finding too: an entry that matches no mutant, or whose mutant was
noticed after all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from carve.errors import CarveError, Place

__all__ = ["FILE", "Equivalent", "Fault", "Judgement", "judge", "load_equivalent"]

FILE = "equivalent.yaml"


class Equivalent(BaseModel):
    """A mutant that no outsider can tell from the original, and why.

    `was` and `becomes` are the texts before and after the fault; blanks and line ends count as
    one blank. `occurrence` counts from 1, and is needed where a member has the same fault twice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    module: str
    member: str
    operator: str
    was: str
    becomes: str
    reason: str = Field(min_length=1)
    occurrence: int | None = Field(default=None, ge=1)

    def __str__(self) -> str:
        """Return the entry as a reader would look for it."""
        place = f"{self.module}: {self.member}" if self.member else self.module
        return f"{place}: {self.operator}: {self.was!r} -> {self.becomes!r}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A mutant as far as it concerns the list, and whether a pin noticed it."""

    member: str
    operator: str
    was: str
    becomes: str
    killed: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The reason of each listed fault by its index, and what is wrong with the list."""

    reasons: dict[int, str]
    stale: tuple[str, ...]


def load_equivalent(path: Path, module: str) -> list[Equivalent]:
    """Return the entries for `module` of an `equivalent.yaml`; no file means no entries."""
    if not path.exists():
        return []
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = TypeAdapter(list[Equivalent]).validate_python(data or [])
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise CarveError(
            f"{path.name} is not a list of entries: {error}",
            where=Place(str(path)),
            instead="- {module: pkg.mod, member: Class.method, operator: constant, "
            "was: '1', becomes: '2', reason: why}",
        ) from error
    return [entry for entry in entries if entry.module == module]


def judge(entries: Sequence[Equivalent], faults: Sequence[Fault]) -> Judgement:
    """Return which faults are listed, and which entries are not right or not right any more."""
    reasons: dict[int, str] = {}
    stale: list[str] = []
    for entry in entries:
        found = [place for place, fault in enumerate(faults) if _fits(entry, fault)]
        if entry.occurrence is not None:
            found = found[entry.occurrence - 1 : entry.occurrence]
        problem = _problem(entry, [faults[place] for place in found])
        if found and found[0] in reasons:
            problem = f"{entry} is listed twice"
        if problem:
            stale.append(problem)
        else:
            reasons[found[0]] = entry.reason
    return Judgement(reasons, tuple(stale))


def _problem(entry: Equivalent, found: Sequence[Fault]) -> str | None:
    if not found:
        return f"{entry} matches no mutant"
    if len(found) > 1:
        return f"{entry} occurs {len(found)} times; say which with `occurrence`"
    return f"{entry} is listed as equivalent but was noticed" if found[0].killed else None


def _fits(entry: Equivalent, fault: Fault) -> bool:
    named = (entry.member, entry.operator) == (fault.member, fault.operator)
    texts = ((entry.was, fault.was), (entry.becomes, fault.becomes))
    return named and all(_words(one) == _words(other) for one, other in texts)


def _words(text: str) -> Iterable[str]:
    return text.split()
