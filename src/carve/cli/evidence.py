"""What the commands about evidence do: evidence, replay, and the files that a report writes."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.keeping import below, keep
from carve.cli.outputs import Outputs, with_outputs, write_file
from carve.cli.plans import Loaded
from carve.cli.progress import Live
from carve.plan.model import Plan
from carve.report.evidence import FATES
from carve.report.html import page
from carve.report.model import Problem
from carve.report.problems import show_grouped
from carve.report.steps import show_run, widest
from carve.report.terminal import counted, safe
from carve.run.evidence import gather
from carve.run.evidence_files import (
    differences,
    evidence_folder,
    read_all,
)
from carve.run.replay import Replay, replay
from carve.run.state import status
from carve.run.story import story

__all__ = ["check_evidence", "keep_evidence", "replay_plan", "report_plan"]


def keep_evidence(asked: Loaded) -> Answer:
    """Write the evidence of a plan that has been run on this commit, or is as it was when run."""
    record = status(asked.repo, asked.file, asked.plan)
    return keep(asked.repo, asked.file, asked.plan, record)


def check_evidence(asked: Loaded) -> Answer:
    """Return how the evidence that is kept differs from what the plan leads to now."""
    folder = evidence_folder(asked.repo, asked.file, asked.plan)
    with Live(first="planning the chain"):
        found = gather(asked.repo, asked.plan)
    shown = below(folder, asked.repo)
    known = read_all(folder)
    problems = [each for record in found.records for each in record.problems]
    problems += differences(shown, known, found)
    problems += _unheld(shown, asked, known)

    def show(console: Console) -> None:
        show_grouped(console, problems)
        if not problems:
            told = counted(len(found.steps), "step")
            console.print(f"the evidence in {safe(shown)} is what {told} lead to", soft_wrap=True)

    body = {"folder": shown, "problems": [asdict(each) for each in problems]}
    return Answer(body, int(bool(problems)), show=show)


def replay_plan(asked: Loaded, outputs: Outputs, *, verify: bool) -> Answer:
    """Run all steps once more and compare the trees that they lead to with the evidence."""
    kept = read_all(evidence_folder(asked.repo, asked.file, asked.plan))
    with Live([spec.id for spec in asked.plan.steps]) as live:
        record = replay(Replay(asked.repo, asked.file, asked.plan, kept, verify), live)

    def show(console: Console) -> None:
        show_run(console, record)
        if not record.objected:
            console.print("every step leads to the tree that the evidence has", soft_wrap=True)

    answer = Answer(record.to_json(), int(record.objected), show=show, wide=widest(record))
    return with_outputs(answer, record, outputs)


def report_plan(asked: Loaded, outputs: Outputs) -> Answer:
    """Return what moved where, what proved it, and what is left; write what is asked for."""
    record = status(asked.repo, asked.file, asked.plan)
    kept = read_all(evidence_folder(asked.repo, asked.file, asked.plan))
    if outputs != Outputs():
        with Live(first="planning the chain"):
            record, content = story(asked.repo, asked.plan, record, kept)
        if outputs.html is not None:
            write_file(outputs.html, page(_title(asked.plan, asked.file), content).encode())
        record = replace(record, steps=tuple(replace(step, diff="") for step in record.steps))
    modules = [_module(data) for data in kept.values() if data["evidence"] == "lines"]

    def show(console: Console) -> None:
        show_run(console, record)
        for module in modules:
            sums = [f"{number} {fate}" for fate in FATES if (number := module["sums"][fate])]
            parts = ", ".join([*sums, f"{module['open']} that no scenario holds"])
            total = counted(module["sums"]["lines"], "line")
            console.print(f"{safe(module['module'])}: {total}: {parts}", soft_wrap=True)

    body = {**record.to_json(), "modules": modules}
    return with_outputs(Answer(body, show=show, wide=widest(record)), record, outputs)


def _module(data: dict[str, Any]) -> dict[str, Any]:
    """Return how the lines of one module add up, as the evidence has it."""
    empty = {number for number, ranges in enumerate(data["sets"]) if not ranges}
    unheld = sum(row[-1] in empty for row in data["rows"])
    return {"module": data["module"], "sums": data["sums"], "open": unheld}


def _unheld(shown: str, asked: Loaded, known: dict[str, dict[str, Any]]) -> list[Problem]:
    """Return the scenarios that the evidence names and that nothing pins any more."""
    if asked.plan.verify.pins is None:
        return []
    pins = asked.repo / asked.plan.verify.pins / "pins"
    return [
        Problem(
            f"the scenario {scenario!r} has no pin any more",
            f"{shown}/{name}",
            "write it anew: carve evidence PLAN",
            "evidence",
        )
        for name, data in known.items()
        for scenario in data.get("scenarios", ())
        if scenario != "import" and not (pins / f"{scenario}.yaml").is_file()
    ]


def _title(plan: Plan, file: Path) -> str:
    """Return the classes that lose members, else all that a step takes from its place."""
    taken = [spec for spec in plan.steps if spec.do in ("extract_mixin", "merge_members")]
    names = dict.fromkeys(host.name for spec in taken or plan.steps for host in spec.hosts)
    return ", ".join(names) or file.name
