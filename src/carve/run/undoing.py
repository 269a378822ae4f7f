"""Take steps back: the ref of the run, the branches that have them, and the files of the tree."""

from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place, Refused
from carve.plan.model import Plan
from carve.report.landing import Undone
from carve.repository import Repository
from carve.run.landing import branch_of, differing, land, move_branch, worktree_of
from carve.run.options import number_of
from carve.run.settling import settled
from carve.run.state import Chain, read_note, recall, ref_of

__all__ = ["undo_step"]


def undo_step(repo: Path, plan_file: Path, plan: Plan, step: str) -> Undone:
    """Take back the step and all after it, and return what that came to.

    Branches that end in them go back to where they were. Everything is looked at first: a branch
    that has more on top, or a file with other changes, refuses all of it.
    """
    repository = Repository(repo)
    with settled(repository):
        ref = ref_of(repo, plan_file)
        chain = recall(repository, ref, plan, repository.head())
        if chain.before is None:
            raise CarveError(
                "no run of this plan is known here",
                where=Place(str(plan_file)),
                instead="see what is done with: carve status PLAN",
            )
        number = number_of(plan, step)
        gone = chain.steps[number:]
        if not gone:
            return Undone((), ref, chain.tip or chain.before)
        undoing = _Undoing(repository, plan, chain, number)
        branches = undoing.branches()
        files = undoing.take_back(branches)
        target = undoing.target()
        repository.set_ref(ref, target)
        now = {name: new for name, (_, new) in branches.items()}
        return Undone(tuple(each.id for each in gone), ref, target, now, files)


@dataclass(frozen=True, slots=True)
class _Undoing:
    """The steps from `number` on; the caller holds the lock."""

    repository: Repository
    plan: Plan
    chain: Chain
    number: int

    def target(self) -> str:
        """Return where the ref of the run belongs."""
        kept = self.chain.steps[: self.number]
        return (kept[-1].commit if kept else self.chain.before) or ""

    def branches(self) -> dict[str, tuple[str, str]]:
        """Return the branches that have one of the steps: where they are, and belong."""
        found = {}
        gone = {step.commit for step in self.chain.steps[self.number :]}
        first = self.chain.steps[self.number].commit or ""
        having = self._names("--contains", first) if self.plan.baseline is None else []
        for name, commit in having:
            self._require_nothing_on_top(name, f"{first}^..{commit}", gone)
            found[name] = (commit, self._before(first))
        for name, commit in self._names():
            note = read_note(self.repository.note(commit))
            if note.get("kind") == "landing" and note.get("tip") in gone:
                found[name] = (commit, note["base"])
        for name in found:
            self._require_here(name)
        return found

    def take_back(self, branches: dict[str, tuple[str, str]]) -> tuple[str, ...]:
        """Move the branches; the one that is checked out is first, as only it can be refused."""
        current = branch_of(self.repository)
        files: tuple[str, ...] = ()
        for name in sorted(branches, key=lambda name: name != current):
            old, new = branches[name]
            if name == current:
                files = tuple(differing(self.repository, old, new))
                land(self.repository, new)
            else:
                move_branch(self.repository, name, new, old)
        return files

    def _before(self, first: str) -> str:
        """Return the commit below a step; the empty one that a run begins with goes too."""
        below = self.repository.resolve(f"{first}^")
        if below == self.chain.before:
            below = self.repository.resolve(f"{below}^")
        return below or ""

    def _names(self, *words: str) -> list[tuple[str, str]]:
        form = "--format=%(refname:lstrip=2)%00%(objectname)"
        found = self.repository.ask("for-each-ref", form, *words, "refs/heads")
        return [(name, at) for name, _, at in (e.partition("\0") for e in found.splitlines())]

    def _require_nothing_on_top(self, name: str, span: str, gone: set[str | None]) -> None:
        commits = self.repository.ask("rev-list", span).split()
        if other := [commit for commit in commits if commit not in gone]:
            raise Refused(
                f"the branch {name!r} has {other[0][:10]} on top of the step",
                check="nothing-on-top",
                instead="take that back first, or revert the step with git",
            )

    def _require_here(self, name: str) -> None:
        where = worktree_of(self.repository, name)
        if where is not None and where.resolve() != self.repository.top.resolve():
            raise CarveError(
                f"the branch {name!r} is checked out elsewhere",
                where=Place(str(where)),
                instead="switch to another branch there",
            )
