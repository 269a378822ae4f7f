"""What is kept of a measurement of coverage or mutants, and what a gate says about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from carve.gates.coverage import load_unreachable
from carve.gates.mutation import FILE as EQUIVALENT
from carve.gates.mutation import load_equivalent
from carve.pins.recorder import IMPORT
from carve.report.behaviour import CoverageRecord
from carve.report.faults import MutationRecord
from carve.report.model import Problem
from carve.run.deletion.case import UNREACHABLE, Case

__all__ = ["KINDS", "Kind", "covered", "judged"]

_Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of measurement: its list of exceptions, its figures in words, its objections."""

    listed: Callable[[Case], list[object]]
    told: Callable[[_Facts], str]
    problems: Callable[[Case, _Facts], Iterator[Problem]]


def covered(found: CoverageRecord) -> dict[str, Any]:
    """Return what is kept about lines and branches."""
    return {
        "lines": len(found.lines),
        "held": sum(bool(each.scenarios) for each in found.lines),
        "unreachable": len(found.unreachable),
        "scenarios": len({n for each in found.lines for n in each.scenarios if n != IMPORT}),
        "open": [{"line": each.line, "code": each.code, "to": each.to} for each in found.open],
        "stale": list(found.stale),
    }


def judged(found: MutationRecord) -> dict[str, Any]:
    """Return what is kept about mutants."""
    names = ("line", "member", "operator", "was", "becomes", "verdict", "reason")
    survivors = [
        {name: getattr(each, name) for name in names} for each in found.mutants if not each.killed
    ]
    return {
        "mutants": len(found.mutants),
        "noticed": sum(each.killed for each in found.mutants),
        "listed": sum(bool(each["reason"]) for each in survivors),
        "scenarios": found.scenarios,
        "survivors": survivors,
        "stale": list(found.stale),
        "unfit": list(found.unfit),
    }


def _unreachable(case: Case) -> list[object]:
    entries = load_unreachable(case.home / UNREACHABLE) if case.home else []
    return [entry for entry in entries if entry.module == case.module]


def _equivalent(case: Case) -> list[object]:
    return [*load_equivalent(case.home / EQUIVALENT, case.module)] if case.home else []


def _covered_told(data: _Facts) -> str:
    parts = [f"{data['held']:,} of {_many(data['lines'], 'line')} run"]
    if data["unreachable"]:
        parts.append(f"{data['unreachable']} unreachable with a reason")
    parts.append(f"{len(data['open'])} open" if data["open"] else "no branch open")
    return ", ".join([*parts, f"by {_many(data['scenarios'], 'scenario')}"])


def _judged_told(data: _Facts) -> str:
    parts = [f"{data['noticed']:,} of {_many(data['mutants'], 'mutant')} noticed"]
    if data["listed"]:
        parts.append(f"{data['listed']} listed with a reason")
    if missed := data["mutants"] - data["noticed"] - data["listed"]:
        parts.append(f"{missed} open")
    return ", ".join([*parts, f"by {_many(data['scenarios'], 'scenario')}"])


def _covered_problems(case: Case, data: _Facts) -> Iterator[Problem]:
    advice = f"pin a scenario that does, or list it in {UNREACHABLE} with the reason"
    for each in data["open"]:
        code = repr(each["code"])
        does = f"goes on from {code} to {each['to']!r}" if each["to"] else f"runs {code}"
        place = f"{case.path_before}:{each['line']}"
        yield Problem(f"no scenario {does}", place, advice, "coverage")
    for text in data["stale"]:
        yield Problem(text, UNREACHABLE, "mend the entry or take it out", "coverage")


def _judged_problems(case: Case, data: _Facts) -> Iterator[Problem]:
    advice = f"pin what it changes, or list it in {EQUIVALENT} with the reason"
    for each in data["survivors"]:
        if not each["reason"]:
            was, becomes = (" ".join(each[name].split()) for name in ("was", "becomes"))
            head = f"{each['verdict']}: {each['operator']} in {each['member'] or 'the module'}"
            place = f"{case.path_before}:{each['line']}"
            yield Problem(f"{head}: {was} -> {becomes}", place, advice, "mutation")
    for text in data["stale"]:
        yield Problem(text, EQUIVALENT, "mend the entry or take it out", "mutation")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


KINDS = {
    "coverage": Kind(_unreachable, _covered_told, _covered_problems),
    "mutation": Kind(_equivalent, _judged_told, _judged_problems),
}
