"""Land the result of a run: as a branch of its own, or on the one that is checked out."""

from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place, Refused
from carve.plan.model import Plan
from carve.report.landing import Applied
from carve.repository import Repository
from carve.run.finishing import is_owed
from carve.run.landing import branch_of, commit_files, differing, land, move_branch, worktree_of
from carve.run.options import clean_head
from carve.run.settling import settled
from carve.run.state import Chain, chain_of, note_of, read_note, ref_of

__all__ = ["apply_plan"]


def apply_plan(repo: Path, plan_file: Path, plan: Plan, branch: str | None) -> Applied:
    """Return where the result of a whole run is now.

    Without a baseline that is the very commits of the run. With one it is a commit on top of what
    is checked out, which gives the files of the steps what the last step left.
    """
    repository = Repository(repo)
    with settled(repository):
        ref = ref_of(repo, plan_file)
        head = repository.head()
        chain = chain_of(repository, ref, plan, head)
        if len(chain.steps) < len(plan.steps):
            raise Refused(
                f"the run is not complete on this commit: {len(chain.steps)} of "
                f"{len(plan.steps)} steps are done",
                check="run-is-complete",
                where=Place(str(plan_file)),
                instead="go on with: carve resume PLAN",
            )
        if chain.final is None and is_owed(plan, chain.steps):
            raise Refused(
                "what the last step left out has not been verified",
                check="run-is-complete",
                where=Place(str(plan_file)),
                instead="go on with: carve resume PLAN",
            )
        name = branch or ref.removeprefix("refs/")
        _require_name(repository, name)
        return _Landing(repository, plan, chain, head, name).apply()


@dataclass(frozen=True, slots=True)
class _Landing:
    """A result on its way to a branch; the caller holds the lock."""

    repository: Repository
    plan: Plan
    chain: Chain
    head: str
    name: str

    def apply(self) -> Applied:
        """Move the branch."""
        target = self._target()
        if target is None or self._has(self.head, target):
            return Applied(None, self.head, nothing_to_do=True)
        files = tuple(differing(self.repository, self.head, target))
        if self.name == branch_of(self.repository):
            clean_head(self.repository, self.plan)
            self._require_forward(self.head, target)
            land(self.repository, target)
            return Applied(self.name, target, files, checked_out=True)
        old = self.repository.resolve(f"refs/heads/{self.name}")
        if old == target:
            return Applied(self.name, target, files, nothing_to_do=True)
        if old is not None:
            self._require_forward(old, target)
            if (where := worktree_of(self.repository, self.name)) is not None:
                raise CarveError(
                    f"the branch {self.name!r} is checked out elsewhere",
                    where=Place(str(where)),
                    instead="land it on another one with --branch",
                )
        move_branch(self.repository, self.name, target, old)
        return Applied(self.name, target, files)

    def _target(self) -> str | None:
        """Return the commit to land, None when there is nothing that differs."""
        tip = self.chain.tip
        if tip is None or self.plan.baseline is None:
            return tip
        there = self.repository.resolve(f"refs/heads/{self.name}")
        if there is not None and self._lands_here(there, tip):
            return there
        paths = sorted({path for step in self.chain.steps for path in step.files})
        words = f"Land {', '.join(step.id for step in self.chain.steps)}"
        made = commit_files(self.repository, (self.head, tip), paths, words)
        if made is not None:
            facts = {"tip": tip, "base": self.head, "source": self.chain.source}
            self.repository.note(made, note_of("landing", **facts))
        return made

    def _lands_here(self, commit: str, tip: str) -> bool:
        note = read_note(self.repository.note(commit))
        return (note.get("tip"), note.get("base")) == (tip, self.head)

    def _has(self, commit: str, target: str) -> bool:
        base = self.repository.ask("merge-base", commit, target, check=False).strip()
        return base == target

    def _require_forward(self, old: str, target: str) -> None:
        if not self._has(target, old):
            raise Refused(
                f"the branch {self.name!r} has something else: {old[:10]}",
                check="branch-is-free",
                instead="name a new one with --branch, or remove it",
            )


def _require_name(repository: Repository, name: str) -> None:
    if not repository.ask("check-ref-format", "--branch", name, check=False).strip():
        raise CarveError(f"{name!r} is no name for a branch", instead="name another --branch")
