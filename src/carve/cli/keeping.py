"""Write the evidence of a plan: after a run, or when it is asked for."""

from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.progress import Live
from carve.errors import CarveError, Place
from carve.plan.model import Plan
from carve.report.model import RunRecord
from carve.report.terminal import counted, safe
from carve.run.evidence import gather, measuring, with_lines
from carve.run.evidence_files import evidence_folder, proven, read_all, write_all

__all__ = ["below", "keep"]


def keep(repo: Path, file: Path, plan: Plan, record: RunRecord) -> Answer:
    """Write the evidence of a plan; `record` tells what has been verified."""
    folder = evidence_folder(repo, file, plan)
    found = gather(repo, plan)
    if not found.complete:
        raise CarveError(
            "a step is refused, so there is no evidence for the whole plan",
            where=Place(str(file)),
            instead="see why with: carve check PLAN",
        )
    records = {step.id: step for step in record.steps}
    found = proven(found, records, read_all(folder), plan)
    with Live(first="measuring which scenario runs which line") as live:
        found = with_lines(found, measuring(repo, plan, live.pins))
    changed = write_all(folder, found)
    shown = below(folder, repo)

    def show(console: Console) -> None:
        for name in changed:
            console.print(f"  {safe(shown)}/{safe(name)}", soft_wrap=True)
        for module in found.modules:
            sums = ", ".join(f"{number} {fate}" for fate, number in module.sums.items() if number)
            lines = counted(len(module.lines), "line")
            console.print(f"{module.module}: {lines} accounted for ({sums})", soft_wrap=True)
        console.print(
            f"evidence of {counted(len(found.steps), 'step')} in {safe(shown)}, "
            f"{counted(len(changed), 'file')} changed",
            soft_wrap=True,
        )

    modules = [{"module": m.module, "sums": m.sums} for m in found.modules]
    return Answer({"folder": shown, "changed": changed, "modules": modules}, show=show)


def below(folder: Path, repo: Path) -> str:
    """Return the folder as it is called from the repository on."""
    inside = folder.resolve().is_relative_to(repo.resolve())
    return str(folder.resolve().relative_to(repo.resolve()) if inside else folder)
