"""The arguments and options that commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

from carve.errors import CarveError, Place
from carve.plan.refs import ClassRef, as_python_reads, is_name

__all__ = [
    "Annotations",
    "Before",
    "Exclude",
    "Folder",
    "Json",
    "Junit",
    "MaybePlan",
    "MaybeSide",
    "Module",
    "Names",
    "PinTimeout",
    "PlanFile",
    "Repo",
    "Roots",
    "Timeout",
    "class_in",
    "inside",
    "repository",
    "resolved",
]

PlanFile = Annotated[
    Path,
    typer.Argument(metavar="PLAN", help="The plan's file; looked for here, then in --repo."),
]
MaybePlan = Annotated[
    Path | None,
    typer.Argument(metavar="PLAN", help="The plan's file; not needed where one run is known."),
]
Repo = Annotated[
    Path | None,
    typer.Option(
        "--repo", metavar="DIR", help="The repository; by default the one around this folder."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Junit = Annotated[
    Path | None,
    typer.Option("--junit", metavar="FILE", help="Write the steps as JUnit XML."),
]
Annotations = Annotated[
    bool, typer.Option("--annotations", help="End with workflow commands for objections.")
]
Folder = Annotated[
    str,
    typer.Option("--folder", metavar="DIR", help="Where scenarios and pins are, below --repo."),
]
MaybeSide = Annotated[
    str | None,
    typer.Option(
        "--subject",
        metavar="before|after",
        help="Which class to judge; by default before with --plan, else after.",
    ),
]
Before = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="PLAN", help="Judge the tree before this plan's first step instead."
    ),
]
Roots = Annotated[
    list[str] | None,
    typer.Option(
        "--root", metavar="DIR", help="An import root; by default src, or . without one."
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="GLOB", help="Files that are not read; * also matches /. Repeatable."
    ),
]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Scenarios; * is a pattern.")
]
Module = Annotated[str, typer.Argument(metavar="MODULE", help="As package.module.")]
PinTimeout = Annotated[
    float,
    typer.Option(
        "--pin-timeout", metavar="SECONDS", min=0.1, help="How long each scenario may take."
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help="Give up after so many seconds; by default never.",
    ),
]


def repository(repo: Path | None) -> Path:
    """Return the folder to work on."""
    from carve.repository import Repository  # noqa: PLC0415 - help must not wait for it

    if repo is None:
        return Repository(Path.cwd()).top
    if not repo.is_dir():
        raise CarveError(
            "the repository is not a folder", where=Place(str(repo)), instead="check --repo"
        )
    return repo.resolve()


def resolved(path: Path, repo: Path) -> Path:
    """Return a path that was given from the current folder, or from the repository."""
    return repo / path if not path.exists() and (repo / path).exists() else path


def inside(path: Path, repo: Path) -> Path:
    """Return the path as the repository calls it; links in it are kept, those to it are not."""
    plain = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow the links
    for parent in plain.parents:
        if Path(os.path.realpath(parent)) == repo:
            return repo / plain.relative_to(parent)
    return plain


def class_in(path: str, module: str, name: str) -> ClassRef:
    """Return the class `name` of the file at `path`, which is imported as `module`."""
    if odd := [part for part in module.split(".") if not is_name(part)]:
        raise CarveError(
            f"no statement can import a file that is called {odd[0]!r}",
            where=Place(path),
            instead="give it a name that Python takes: letters, digits and underscores",
        )
    return ClassRef(module, as_python_reads(name))
