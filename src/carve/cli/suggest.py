"""The command `carve suggest` and its options; what it does is loaded when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from carve.cli.answer import Answer
from carve.cli.options import Exclude, Json, Repo, Roots

__all__ = ["suggest"]


_Class = Annotated[
    str, typer.Argument(metavar="FILE:CLASS", help="The class; package.module:CLASS as well.")
]
_Draft = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="Write the draft here; - prints it alone."),
]
_Page = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a page with the graph.")
]
_Force = Annotated[bool, typer.Option("--force", help="Write over files that are there.")]
_Home = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="PACKAGE",
        help="Where mixins go; by default mixins near the class, or its own package.",
    ),
]
_Resolution = Annotated[
    float,
    typer.Option(metavar="X", min=0.1, max=10, help="More than 1: more, smaller clusters."),
]
_Before = Annotated[
    Path | None,
    typer.Option(
        "--before", metavar="PLAN", help="Look at the tree before this plan's first step."
    ),
]


def suggest(  # noqa: PLR0913, PLR0917 - each parameter is an option
    source: _Class,
    plan: _Draft = None,
    html: _Page = None,
    force: _Force = False,
    to: _Home = None,
    resolution: _Resolution = 1.0,
    before: _Before = None,
    root: Roots = None,
    exclude: Exclude = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Say where a class comes apart, and draft a plan for it.

    Example: carve suggest src/shop/store.py:Store --plan plan.yaml

    The draft holds only steps that every check accepts. Nothing is changed.
    """
    from carve.cli import suggesting as does  # noqa: PLC0415 - help must not wait for it

    roots, excluded = tuple(root or ()), tuple(exclude or ())
    wish = does.Wish(source, before, to, resolution, plan, html, force, roots, excluded)
    return does.suggest_for(wish, repo)
