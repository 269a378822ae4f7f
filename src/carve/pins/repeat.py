"""Run the scenarios many times, each time differently; find those that do not show the same."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from carve.pins.accept import unstable
from carve.pins.outcome import PinRun, ScenarioResult
from carve.pins.run import run_pins

__all__ = ["repeat_pins"]

_HASH_SEEDS = 4_294_967_295


def repeat_pins(
    tree: Path, times: int, *, seed: int = 0, workers: int = 2, **choices: Any
) -> PinRun:
    """Return `times` runs as one, each in another order, with other hashes, spread over workers.

    A scenario whose observation is not the same in all runs is `not reproducible`; a scenario that
    failed in any run keeps that failure. `choices` are those of `run_pins`.
    """
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    runs = [
        run_pins(
            tree,
            workers=workers,
            seed=chance.randrange(_HASH_SEEDS),
            hash_seed=str(chance.randrange(_HASH_SEEDS)),
            **choices,
        )
        for _ in range(times)
    ]
    names = sorted({each.scenario for run in runs for each in run.results})
    by_name = [{each.scenario: each for each in run.results} for run in runs]
    merged = tuple(
        _merged([found[name] for found in by_name if name in found], times) for name in names
    )
    return PinRun(merged, runs[0].orphans, sum(run.seconds for run in runs))


def _merged(results: list[ScenarioResult], times: int) -> ScenarioResult:
    worst = next((each for each in results if each.status != "held"), results[0])
    if len(results) < times:
        message = f"ran in {len(results)} of {times} runs"
        return replace(worst, status="not reproducible", message=message)
    differing = unstable(worst.scenario, [each.text for each in results])
    if differing and worst.status != "error":
        return replace(worst, status="not reproducible", differences=tuple(differing))
    return worst
