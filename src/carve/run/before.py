"""The tree before the first step: the repository without what steps create, under the baseline."""

import shutil
from pathlib import Path

from carve.disk import lay
from carve.plan.model import Plan
from carve.repository import Repository
from carve.workspace import Workspace

__all__ = ["before_tree", "materialise", "unread"]


def before_tree(repo: Path, plan: Plan) -> Workspace:
    """Return the tree that the first step starts from, laid over `repo` in memory.

    Without a baseline that is the repository as it is.
    """
    hidden = unread(repo, plan)
    present = Workspace(repo, plan.roots, hidden)
    if plan.baseline is None:
        return present
    created = [present.path_for(spec.made) for spec in plan.steps if spec.made]
    created += [path for spec in plan.steps for path in spec.added]
    overlay: dict[str, bytes | None] = {path: None for path in created if present.exists(path)}
    prefix = f"{plan.baseline}/"
    for path in Repository(repo).files():
        if path.startswith(prefix) and (repo / path).is_file():
            overlay[path.removeprefix(prefix)] = (repo / path).read_bytes()
    return Workspace(repo, plan.roots, hidden, overlay)


def unread(repo: Path, plan: Plan) -> tuple[str, ...]:
    """Return patterns of the files that no step reads or changes.

    The plan, the baseline and the evidence speak of the tree as it was, and go on to do so.
    """
    folders = [folder for folder in (plan.baseline, plan.evidence) if folder]
    file = Path(plan.places.path).resolve()
    inside = file.is_relative_to(repo.resolve())
    own = (file.relative_to(repo.resolve()).as_posix(),) if inside else ()
    return (*plan.exclude, *(f"{folder.rstrip('/')}/*" for folder in folders), *own)


def materialise(repo: Path, plan: Plan, folder: Path) -> None:
    """Write the tree before the first step into the empty `folder`."""
    workspace = before_tree(repo, plan)
    for path in Repository(repo).files():
        if (repo / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repo / path, folder / path)
    lay(folder, workspace.overlay)
