"""Plan every step of a plan, each on top of the last; nothing is written."""

import difflib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from carve.errors import Refused
from carve.plan.model import Plan, StepSpec
from carve.plan.spec_files import DeleteModuleSpec
from carve.report.model import RunRecord, StepRecord, problems_of
from carve.run.before import before_tree
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Edit, Workspace

__all__ = ["broken_files", "pending", "plan_step", "preview"]


def preview(  # noqa: PLR0913 - one keyword per independent choice of the caller
    repo: Path,
    plan_file: Path,
    plan: Plan,
    *,
    only: str | None = None,
    diffs: bool = True,
    whole_tree: bool = False,
) -> RunRecord:
    """Return what each step would do; `only` leaves out the records of all other steps.

    The first refusal ends the chain: what comes after it would be planned on a tree that will
    never be. With `whole_tree`, a file below the roots that does not parse is refused first.
    """
    started = time.monotonic()
    workspace = before_tree(repo, plan)
    if whole_tree:
        for error in broken_files(workspace):
            raise error
    records: list[StepRecord] = []
    stopped = False
    for spec in plan.steps:
        if stopped:
            records.append(pending(spec))
            continue
        record, planned = plan_step(spec, workspace, plan, diffs=diffs)
        if isinstance(spec, DeleteModuleSpec) and record.state != "nothing to do":
            record = _gated(repo, plan, spec, workspace, record)
        records.append(record)
        stopped = bool(record.problems)
        if planned is not None:
            workspace = workspace.after(planned.edits)
    shown = tuple(record for record in records if only in (None, record.id) or record.problems)
    seconds = time.monotonic() - started
    return RunRecord(str(plan_file), str(repo), steps=shown, seconds=round(seconds, 3))


def plan_step(
    spec: StepSpec, workspace: Workspace, plan: Plan, *, diffs: bool = False
) -> tuple[StepRecord, Planned | None]:
    """Return the record of one step planned on `workspace`, and its edits when it has any."""
    started = time.monotonic()
    record = pending(spec)
    try:
        outcome = step_for(spec, plan.registry).plan(workspace)
    except Refused as error:
        return replace(record, state="refused", problems=problems_of(error)), None
    if isinstance(outcome, Skipped):
        return replace(record, state="nothing to do", notes=(outcome.reason,)), None
    record = replace(
        record,
        state="planned",
        members=outcome.members,
        lines=outcome.lines,
        files=tuple(edit.path for edit in outcome.edits),
        diff="".join(map(_diff, outcome.edits)) if diffs else "",
        checks=outcome.checks,
        seconds=round(time.monotonic() - started, 3),
        notes=outcome.notes,
        differences=outcome.differences,
    )
    return record, outcome


def _gated(
    repo: Path, plan: Plan, spec: DeleteModuleSpec, workspace: Workspace, record: StepRecord
) -> StepRecord:
    # Mutants, coverage and pins take as long to import as an extraction takes to plan.
    from carve.run.deletion.asking import ask_known, gated  # noqa: PLC0415 - only deletions need it
    from carve.run.deletion.case import Case  # noqa: PLC0415

    return gated(record, ask_known(Case(repo, plan, spec, workspace), record))


def pending(spec: StepSpec) -> StepRecord:
    """Return the record of a step that nobody has looked at."""
    target = str(spec.made) if spec.made else ""
    return StepRecord(spec.id, spec.title, spec.why, "pending", spec.moved, target=target)


def broken_files(workspace: Workspace) -> Iterator[Refused]:
    """Yield each file below the roots that does not parse: it may hide a reference."""
    for path in workspace.unparsable():
        try:
            _ = workspace.module_at(path).tree
        except Refused as error:
            yield error


def _diff(edit: Edit) -> str:
    """Return a patch that git can apply."""
    before = "/dev/null" if edit.before is None else f"a/{edit.path}"
    after = "/dev/null" if edit.after is None else f"b/{edit.path}"
    head = f"diff --git a/{edit.path} b/{edit.path}\n"
    head += "new file mode 100644\n" if edit.before is None else ""
    head += "deleted file mode 100644\n" if edit.after is None else ""
    lines = difflib.unified_diff(
        _lines(edit.before or b""), _lines(edit.after or b""), before, after
    )
    return head + "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def _lines(raw: bytes) -> list[str]:
    # A patch's lines end at line feeds, and at nothing else that Python takes for a line end.
    text = raw.decode("utf-8", "surrogateescape")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [text.rpartition("\n")[2]] * (
        not text.endswith("\n") and bool(text)
    )
