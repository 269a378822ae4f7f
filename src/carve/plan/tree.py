"""Check that a plan fits a repository: its folders exist in it and its targets have a home."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from carve.errors import CarveError, Place
from carve.plan.model import Plan
from carve.plan.nearest import nearest
from carve.plan.places import first_of

__all__ = ["check_tree"]

# What a path of the plan has to be; `any` is for what carve writes itself.
_Wanted = Literal["file", "folder", "any"]


def check_tree(plan: Plan, repo: Path) -> None:
    """Raise the first thing, in the order of the plan, that does not fit `repo`."""
    if not _is_folder(repo):
        raise CarveError(
            "the repository is not a folder", where=Place(repo.as_posix()), instead="check --repo"
        )
    if problem := first_of([*_paths(plan, repo), *_targets(plan, repo)]):
        raise problem


def _paths(plan: Plan, repo: Path) -> Iterator[CarveError]:
    for key, text, place in _named(plan):
        wanted: _Wanted = "file" if key == "registry" else "folder"
        if objection := _objection(repo, text, "any" if key == "evidence" else wanted):
            yield CarveError(f"{key}: {objection[0]}", where=place, instead=objection[1])


def _named(plan: Plan) -> Iterator[tuple[str, str, Place]]:
    for index, root in enumerate(plan.roots):
        yield "roots", root, plan.places.of("roots", index)
    for key, text in _single(plan):
        if text is not None:
            yield key, text, plan.places.of(key)
    if plan.verify.pins is not None:
        yield "pins", plan.verify.pins, plan.places.of("verify", "pins")


def _single(plan: Plan) -> tuple[tuple[str, str | None], ...]:
    named = ("baseline", plan.baseline), ("registry", plan.registry)
    return (*named, ("evidence", plan.evidence))


def _objection(repo: Path, text: str, wanted: _Wanted) -> tuple[str, str] | None:
    """Return what is wrong with a path of the plan, and what would be right."""
    path = repo / text
    if PureWindowsPath(text).anchor or "\\" in text or text.startswith("~"):
        return f"{text!r} is not a relative path with '/'", "name it from the repository on"
    if ".." in PurePosixPath(text).parts:
        return f"{text!r} climbs with '..'", "name it from the repository on"
    if not _inside(path, repo):
        return f"{text!r} leads out of the repository", "name a path that stays in it"
    if wanted == "file" and not _is_file(path):
        return f"there is no file {text!r} in the repository", _hint(path, "create it")
    if wanted == "folder" and not _is_folder(path):
        return f"there is no folder {text!r} in the repository", _hint(path, "create it")
    return None


def _inside(path: Path, repo: Path) -> bool:
    # Not Path.resolve: before Python 3.13 it raises on links that lead in a circle.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(repo))


# Unlike those of Path, these two say no when a name is too long or must not be looked at.
def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - see above


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - see above


def _hint(path: Path, otherwise: str) -> str:
    parent = path.parent
    siblings = {entry.name for entry in parent.iterdir()} if _is_folder(parent) else set()
    return nearest(path.name, sorted(siblings - {path.name})) or otherwise


def _targets(plan: Plan, repo: Path) -> Iterator[CarveError]:
    """Yield each target whose package is in no root, or whose file is not in the repository."""
    roots = [root for root in plan.roots if _objection(repo, root, "folder") is None]
    if not roots:
        return  # the roots themselves are the problem
    packages = sorted({path.name for root in roots for path in (repo / root).iterdir()})
    for step in plan.steps:
        if (target := step.made) is None:
            continue
        where = plan.place_of(step.id, "to")
        # A module without a package lies in a root itself, so that nothing has to exist.
        top = target.package if "." in target.module else ""
        homes = [root for root in roots if _is_folder(repo / root / top)]
        if not homes:
            yield CarveError(
                f"step {step.id!r}: the package {top!r} is in none of {', '.join(roots)}",
                where=where,
                instead=nearest(top, packages) or "name a package that exists",
            )
        elif not _inside(repo / target.path_in(homes[0]), repo):
            yield CarveError(
                f"step {step.id!r}: {target.path_in(homes[0])} leads out of the repository",
                where=where,
                instead="name a module that stays in it",
            )
