"""What `carve gate` does."""

from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.options import repository
from carve.cli.plans import load
from carve.cli.progress import Live
from carve.errors import CarveError
from carve.report.gates import show_gates
from carve.run.deletion.gating import gate, plan_of

__all__ = ["gate_module"]


def gate_module(
    module: str,
    plan: Path | None,
    folder: str,
    repo: Path | None,
    exclude: tuple[str, ...] = (),
) -> Answer:
    """Return what every gate says of a module, as the plan or else the tree stands now."""
    if plan is not None and exclude:
        raise CarveError("--plan says what is excluded", instead="say it there, or leave it out")
    if plan is not None:
        asked = load(plan, repo)
        top, wanted = asked.repo, asked.plan
    else:
        top = repository(repo)
        wanted = plan_of(top, module, folder, exclude)
    with Live(first="planning the chain") as live:
        record = gate(top, wanted, module, live)

    def show(console: Console) -> None:
        show_gates(console, record)

    return Answer(record.to_json(), int(record.objected), show=show)
