"""Measure what normalisation hides: run the scenarios and plant wrong values in what they show."""

from collections import Counter
from collections.abc import Callable, Sequence

from carve.pins.outcome import PinRun
from carve.pins.planting import ASPECTS, KINDS
from carve.pins.rules import RULES, Rule
from carve.report.scrub import Cell, RuleRecord, ScrubRecord
from carve.run.behaviour import Pins, record_of, run_of

__all__ = ["scrub"]


def scrub(
    pins: Pins, names: Sequence[str] = (), *, tell: Callable[[int, int], None] | None = None
) -> ScrubRecord:
    """Return for each rule what it masked, and which wrong values were seen in spite of it."""
    run = run_of(pins, names, tell=tell, scrub=True)
    unseen = tuple(
        {"scenario": each.scenario, **found}
        for each in run.results
        for found in each.scrub.get("unseen", ())
    )
    rules = tuple(_rule(rule, run) for rule in RULES)
    return ScrubRecord(rules, unseen, record_of(run, pins))


def _rule(rule: Rule, run: PinRun) -> RuleRecord:
    masked = [each.masked.get(rule.name, 0) for each in run.results]
    planted, seen = Counter[str](), Counter[str]()
    for each in run.results:
        for aspect, (tried, noticed) in each.scrub.get("planted", {}).get(rule.name, {}).items():
            planted[aspect] += tried
            seen[aspect] += noticed
    hides = KINDS[rule.name].hides
    order, identity, presence = (
        Cell(planted[aspect], seen[aspect], hides.get(aspect, "")) for aspect in ASPECTS
    )
    scenarios = sum(map(bool, masked))
    return RuleRecord(rule.name, rule.reason, sum(masked), scenarios, order, identity, presence)
