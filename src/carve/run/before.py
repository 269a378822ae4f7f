"""The tree before the first step: the repository without what steps create, under the baseline."""

import shutil
from pathlib import Path

from carve.disk import lay
from carve.plan.model import Plan
from carve.repository import Repository
from carve.workspace import Workspace

__all__ = ["before_tree", "materialise"]


def before_tree(repo: Path, plan: Plan) -> Workspace:
    """Return the tree that the first step starts from, laid over `repo` in memory.

    Without a baseline that is the repository as it is.
    """
    present = Workspace(repo, plan.roots, plan.exclude)
    if plan.baseline is None:
        return present
    created = [present.path_for(spec.made) for spec in plan.steps if spec.made]
    overlay: dict[str, bytes | None] = {path: None for path in created if present.exists(path)}
    prefix = f"{plan.baseline}/"
    for path in Repository(repo).files():
        if path.startswith(prefix) and (repo / path).is_file():
            overlay[path.removeprefix(prefix)] = (repo / path).read_bytes()
    return Workspace(repo, plan.roots, plan.exclude, overlay)


def materialise(repo: Path, plan: Plan, folder: Path) -> None:
    """Write the tree before the first step into the empty `folder`."""
    workspace = before_tree(repo, plan)
    for path in Repository(repo).files():
        if (repo / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repo / path, folder / path)
    lay(folder, workspace.overlay)
