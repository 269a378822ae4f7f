"""What became of branches: where a result was landed, and what was taken back."""

from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console

from carve.report.terminal import counted, safe

__all__ = ["Applied", "Undone", "show_applied", "show_undone"]

_COMMIT = 10


@dataclass(frozen=True, slots=True)
class Applied:
    """A landed result.

    Attributes:
        branch: The branch that has it; None when what is checked out has it already.
        commit: The commit that the branch is at.
        files: The files that differ from what was checked out.
        checked_out: Whether the branch is the one that is checked out.
        nothing_to_do: Whether it had been landed before.
    """

    branch: str | None
    commit: str
    files: tuple[str, ...] = ()
    checked_out: bool = False
    nothing_to_do: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Undone:
    """Steps that were taken back.

    Attributes:
        steps: Their ids, in the order of the plan; none when the step was not done.
        ref: The ref of the run.
        commit: The commit that it is at now.
        branches: The branches that went back too, with the commits that they are at now.
        files: The files of the working tree that were given back what they had.
    """

    steps: tuple[str, ...]
    ref: str
    commit: str
    branches: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"nothing_to_do": not self.steps, **asdict(self)}


def show_applied(console: Console, done: Applied) -> None:
    """Print where the result is."""
    if done.branch is None:
        console.print("nothing to do: what is checked out has the result already")
        return
    what = f"{safe(done.branch)} ({done.commit[:_COMMIT]})"
    if done.nothing_to_do:
        console.print(f"nothing to do: the result is on {what} already", soft_wrap=True)
        return
    for path in done.files:
        console.print(f"  {safe(path)}", soft_wrap=True)
    where = ", which is checked out" if done.checked_out else ""
    files = counted(len(done.files), "file")
    console.print(f"landed on {what}{where}, {files} changed", soft_wrap=True)
    if not done.checked_out:
        console.print(f"see it with: git switch {safe(done.branch)}", soft_wrap=True)


def show_undone(console: Console, done: Undone) -> None:
    """Print which steps are taken back, and what went back with them."""
    if not done.steps:
        console.print("nothing to do: the step is not done")
        return
    for step in done.steps:
        console.print(f"taken back  {safe(step)}", soft_wrap=True)
    for path in done.files:
        console.print(f"  {safe(path)}", soft_wrap=True)
    for name, commit in (*done.branches.items(), (done.ref, done.commit)):
        console.print(f"{safe(name)} is at {commit[:_COMMIT]} again", soft_wrap=True)
