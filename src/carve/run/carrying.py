"""Steps that were done on another commit, on the one that is checked out now.

They are planned anew, which costs nothing, and count as done as long as that leads to the very
same changes. What has to hold is then asked once, where the run goes on.
"""

from dataclasses import replace

from carve.report.model import StepRecord
from carve.report.terminal import counted
from carve.repository import Repository
from carve.run.before import before_tree, unread
from carve.run.chain import plan_step
from carve.run.session import Session
from carve.run.state import Chain
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["carried"]


def carried(session: Session, old: Chain, head: str) -> tuple[Chain, list[str]]:
    """Return the chain on the commit `head`, which the session's tree has, and what to tell.

    What `head` has got already is kept as it is. The ref moves when all of it is known to hold.
    """
    landed = max(old.landed - 1, 0)
    hidden = unread(session.repository.folder, session.plan)
    if old.landed:
        chain = replace(old, steps=old.steps[:landed], start=head)
    else:
        before = before_tree(session.repository.folder, session.plan)
        commit = session.lay_before(before, head)
        chain = session.remember_before(commit, head, old.before_pins, publish=False)
    differs = None
    for spec, known in zip(session.plan.steps[landed:], old.steps[landed:], strict=False):
        workspace = Workspace(session.tree.folder, session.plan.roots, hidden)
        record, planned = plan_step(spec, workspace, session.plan)
        # What a gate knew of another commit does not count on this one.
        deletes = spec.do == "delete_module" and planned is not None
        if record.problems or deletes or not _same(session.repository, known, planned):
            differs = spec.id
            break
        if planned is not None:
            workspace.write(planned.edits)
        done = session.commit(spec, replace(known, commit=None, tree=None), publish=False)
        chain = replace(chain, steps=(*chain.steps, done), start=done.commit)
    if not chain.steps:
        session.tree.ask("-c", "core.autocrlf=false", "reset", "--quiet", "--hard", head)
        return Chain(), _told(chain, differs)
    session.hold(f"with the steps up to {chain.steps[-1].id} the tree")
    session.publish(chain)
    return chain, _told(chain, differs)


def _same(repository: Repository, known: StepRecord, planned: Planned | None) -> bool:
    """Tell whether the edits are those that the commit of the step has."""
    if known.commit is None:
        return False
    edits = planned.edits if planned is not None else ()
    if {edit.path for edit in edits} != {*known.files}:
        return False
    return all(
        edit.before == repository.show(f"{known.commit}^", edit.path)
        and edit.after == repository.show(known.commit, edit.path)
        for edit in edits
    )


def _told(chain: Chain, differs: str | None) -> list[str]:
    kept = counted(len(chain.steps), "step")
    lines = [f"another commit is checked out than the run began from: {kept} came out the same"]
    if differs is not None:
        lines.append(f"step {differs} and what follows it are done anew")
    return lines
