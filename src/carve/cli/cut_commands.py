"""The commands about one extraction without a plan; what they do is loaded when called."""

# ruff: noqa: PLC0415 - help and usage errors must not wait for rope and pydantic
# ruff: noqa: PLR0913, PLR0917 - each parameter is an option

from pathlib import Path
from typing import Annotated

import typer

from carve.cli.answer import Answer
from carve.cli.options import Exclude, Json, Repo, Roots

__all__ = ["extract", "trace"]

_Helpers = Annotated[
    str, typer.Option("--helpers", metavar="A,B", help="Module-level names that move along.")
]
_Drops = Annotated[
    str, typer.Option("--drops", metavar="A,B", help="Names that need not stay importable.")
]
_Leaves = Annotated[
    str,
    typer.Option("--leaves", metavar="A,B", help="Private methods that the class is to keep."),
]
_Retarget = Annotated[
    bool, typer.Option("--retarget", help="Point patches at the mixin's module.")
]

_Watched = Annotated[str, typer.Argument(metavar="FILE:CLASS", help="The class to watch.")]
_Command = Annotated[
    list[str] | None,
    typer.Argument(metavar="COMMAND", help="What runs the tests: pytest or unittest."),
]
_Before = Annotated[
    str | None,
    typer.Option("--before", metavar="REF|DIR", help="The tree before; by default HEAD."),
]
_After = Annotated[
    str | None,
    typer.Option(
        "--after", metavar="REF|DIR", help="The tree after; by default the files as they are."
    ),
]
_Members = Annotated[
    str,
    typer.Option("--members", metavar="A,B", help="Compare with the extraction of these instead."),
]
_To = Annotated[str, typer.Option("--to", metavar="PKG.MOD:MIXIN", help="The mixin they go to.")]
_Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="Where random begins in each test."),
]
_Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Keep the recordings here.")
]


def extract(
    source: Annotated[str, typer.Argument(metavar="FILE:CLASS", help="The class to relieve.")],
    members: Annotated[str, typer.Option(metavar="A,B", help="What moves, by name.")],
    to: Annotated[str, typer.Option(metavar="PKG.MOD:MIXIN", help="The mixin; it is new.")],
    helpers: _Helpers = "",
    drops: _Drops = "",
    leaves: _Leaves = "",
    retarget: _Retarget = False,
    root: Roots = None,
    exclude: Exclude = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the patch alone.")] = False,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Move members into a mixin, without a plan and in place.

    Example: carve extract shop/store.py:Store --members sum --to shop.sums:Sums
    """
    from carve.cli import single

    told = (helpers, drops, leaves, tuple(root or ()), retarget, tuple(exclude or ()))
    return single.extract_one(single.Wanted(source, to, members, *told), repo, dry_run=dry_run)


def trace(
    source: _Watched,
    command: _Command = None,
    before: _Before = None,
    after: _After = None,
    members: _Members = "",
    to: _To = "",
    helpers: _Helpers = "",
    drops: _Drops = "",
    leaves: _Leaves = "",
    retarget: _Retarget = False,
    seed: _Seed = None,
    out: _Out = None,
    root: Roots = None,
    exclude: Exclude = None,
    repo: Repo = None,
    _json: Json = False,
) -> Answer:
    """Compare what goes through a class while the tests run, before and after a change.

    Example: carve trace src/shop/store.py:Store --before main -- python -m pytest -q

    Calls, arguments, results, exceptions, attributes and calls to mocks are compared test by
    test, and what introspection shows of the class. Exit code 1 when something differs.
    """
    from carve.cli import trace as does
    from carve.cli.single import Wanted

    told = (helpers, drops, leaves, tuple(root or ()), retarget, tuple(exclude or ()))
    sides = does.Sides(before, after, seed)
    return does.trace_class(Wanted(source, to, members, *told), sides, command or [], repo, out)
