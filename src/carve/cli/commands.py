"""The commands and their options; what they do is loaded when one of them is called."""

# ruff: noqa: PLC0415 - help and usage errors must not wait for rope and pydantic
# ruff: noqa: PLR0913, PLR0917 - each parameter is an option

from typing import Annotated

import typer

from carve.cli.answer import Answer
from carve.cli.cut_commands import extract, trace
from carve.cli.options import (
    Before,
    Folder,
    Json,
    MaybeSide,
    Module,
    Names,
    PinTimeout,
    Repo,
    Timeout,
)
from carve.cli.plan_commands import check, evidence, gate, preview, replay, report, run, status
from carve.cli.run_commands import apply, resume, undo
from carve.cli.suggest import suggest

__all__ = ["COMMANDS"]


def pin(
    names: Names = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why it is right; kept in the pin.")
    ] = "",
    moved_on: Annotated[
        bool, typer.Option("--moved-on", help="Keep the old value, as what was shown before.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the pins that no scenario writes.")
    ] = False,
    folder: Folder = "characterization",
    subject: MaybeSide = None,
    plan: Before = None,
    pin_timeout: PinTimeout = 60.0,
    timeout: Timeout = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Accept what the named scenarios show, with a reason."""
    from carve.cli import pins

    wish = pins.Wish(tuple(names or ()), reason, moved_on, prune)
    judged = pins.asked_for(repo, folder, subject, plan, pin_timeout)
    return pins.accept_pins(judged, wish, plan, timeout)


def verify(
    names: Names = None,
    repeat: Annotated[
        int, typer.Option(metavar="N", min=1, help="Run N times, each in another order.")
    ] = 1,
    folder: Folder = "characterization",
    subject: MaybeSide = None,
    plan: Before = None,
    pin_timeout: PinTimeout = 60.0,
    timeout: Timeout = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Compare behaviour with its pins."""
    from carve.cli import pins

    judged = pins.asked_for(repo, folder, subject, plan, pin_timeout)
    return pins.verify_pins(judged, tuple(names or ()), repeat, plan, timeout)


def scrub(
    names: Names = None,
    folder: Folder = "characterization",
    subject: MaybeSide = None,
    plan: Before = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Measure what normalisation hides, by planting wrong values.

    Exit code 1 when a wrong value is not seen although its rule promises it.
    """
    from carve.cli import pins

    judged = pins.asked_for(repo, folder, subject, plan)
    return pins.scrub_pins(judged, tuple(names or ()), plan)


def coverage(
    module: Module,
    folder: Folder = "characterization",
    subject: MaybeSide = None,
    plan: Before = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Say which lines and branches of a module the pins hold.

    Exit code 1 when one is open: neither held nor listed in unreachable.yaml with a reason.
    """
    from carve.cli import pins

    judged = pins.asked_for(repo, folder, subject, plan)
    return pins.coverage_of(module, judged, plan)


def mutate(
    module: Module,
    workers: Annotated[int, typer.Option(metavar="N", min=0, help="Processes; 0: all cores.")] = 0,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Believe no verdict of an earlier run.")
    ] = False,
    bar: Annotated[
        float, typer.Option(metavar="PERCENT", min=0, max=100, help="The least to notice.")
    ] = 95.0,
    folder: Folder = "characterization",
    subject: MaybeSide = None,
    plan: Before = None,
    pin_timeout: PinTimeout = 60.0,
    timeout: Timeout = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Plant small faults in a module and say which of them the pins do not notice.

    Exit code 1 when too few are noticed, or one that is not is missing in equivalent.yaml.
    """
    from carve.cli import mutants, pins

    bounds = mutants.Bounds(workers, fresh, bar, timeout)
    judged = pins.asked_for(repo, folder, subject, plan, pin_timeout)
    return mutants.mutate_module(module, judged, plan, bounds)


def checks(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Explain this one, with an example.")
    ] = "",
    _repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """List the checks, each with what it promises.

    Example: carve checks module-globals
    """
    from carve.cli import listing

    return listing.explain_check(name) if name else listing.list_checks()


COMMANDS = (
    check,
    preview,
    run,
    resume,
    status,
    undo,
    apply,
    report,
    evidence,
    replay,
    gate,
    suggest,
    extract,
    pin,
    verify,
    scrub,
    coverage,
    mutate,
    trace,
    checks,
)
