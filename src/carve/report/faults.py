"""What mutants came to: one data model for terminal and JSON."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["KILLED", "MemberRow", "MutantRecord", "MutationRecord"]

KILLED = ("killed", "timeout", "crash")


@dataclass(frozen=True, slots=True)
class MutantRecord:
    """One mutant and what became of it.

    Attributes:
        line: Where it stands.
        member: The function or class it is in, as `Class.method`; empty at module level.
        operator: The kind of fault.
        was: The text that it replaces.
        becomes: What stands there instead.
        verdict: `killed`, `timeout`, `crash`, `survived` or `not covered`.
        by: The scenario that noticed it.
        pins: The scenarios that ran it; given for those that nobody noticed.
        reason: Why it is listed as equivalent; empty when it is not.
        diff: The fault as a patch; given for those that nobody noticed.
        cached: Whether the verdict is an earlier run's.
    """

    line: int
    member: str
    operator: str
    was: str
    becomes: str
    verdict: str
    by: str = ""
    pins: tuple[str, ...] = ()
    reason: str = ""
    diff: str = ""
    cached: bool = False

    @property
    def killed(self) -> bool:
        """Tell whether a pin noticed it; a hang and a crash are noticed too."""
        return self.verdict in KILLED


@dataclass(frozen=True, slots=True)
class MemberRow:
    """How many mutants of a member came to what; `listed` are among those not noticed."""

    member: str
    mutants: int
    killed: int
    timeout: int
    crash: int
    survived: int
    not_covered: int
    listed: int

    @classmethod
    def of(cls, member: str, mutants: list[MutantRecord]) -> "MemberRow":
        """Return the row that counts `mutants`."""
        counts = Counter(each.verdict for each in mutants)
        return cls(
            member,
            mutants=len(mutants),
            killed=counts["killed"],
            timeout=counts["timeout"],
            crash=counts["crash"],
            survived=counts["survived"],
            not_covered=counts["not covered"],
            listed=sum(bool(each.reason) for each in mutants),
        )


@dataclass(frozen=True, slots=True)
class MutationRecord:
    """All mutants of a module, and how they compare with what is asked of the pins.

    Attributes:
        module: The module.
        path: Its file.
        bar: The share of mutants that has to be noticed, in percent.
        mutants: The mutants, in the order of the file.
        scenarios: How many scenarios run something of the module.
        stale: What is wrong with the list of equivalents.
        unfit: Scenarios that do not hold on the instrumented copy, so that they judged nothing.
        seconds: Wall time.
    """

    module: str
    path: str
    bar: float
    mutants: tuple[MutantRecord, ...]
    scenarios: int = 0
    stale: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def open(self) -> tuple[MutantRecord, ...]:
        """Return the mutants that nobody noticed and nobody listed."""
        return tuple(each for each in self.mutants if not each.killed and not each.reason)

    @property
    def percent(self) -> float:
        """Return the share of mutants that were noticed, listed ones not among them."""
        killed = sum(each.killed for each in self.mutants)
        return 100 * killed / len(self.mutants) if self.mutants else 100.0

    @property
    def objected(self) -> bool:
        """Tell whether the bar is missed, or a survivor is not accounted for."""
        return self.percent < self.bar or bool(self.open or self.stale)

    def rows(self) -> list[MemberRow]:
        """Return a row for each member, in the order of the file."""
        names = dict.fromkeys(each.member for each in self.mutants)
        return [
            MemberRow.of(name, [each for each in self.mutants if each.member == name])
            for name in names
        ]

    @property
    def total(self) -> MemberRow:
        """Return the row that counts all mutants."""
        return MemberRow.of("", list(self.mutants))

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        totals = {**asdict(self.total), "percent": round(self.percent, 2)}
        del totals["member"]
        members = [asdict(row) for row in self.rows()]
        return {**asdict(self), "totals": totals, "members": members, "open": len(self.open)}
