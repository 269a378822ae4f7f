"""The command `scaffold`: write a new mixin with settings, registry entry and tests."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.mixins.common import add_command, registry
from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet

if TYPE_CHECKING:
    from omnibase_core.cli.mixins.common import Commands
    from omnibase_core.cli.mixins.scaffolding.file_plan import FilePlan
    from omnibase_core.cli.mixins.scaffolding.plans import NewMixin
    from omnibase_core.gates.tree import Tree

__all__ = ["add"]

_CATEGORY: Final = "execution"


def add(commands: "Commands") -> None:
    """Add the command."""
    about = "Write a new mixin: settings, registry entry, module, schema and tests."
    parser = add_command(commands, "scaffold", _run, about)
    parser.add_argument("name", metavar="NAME", help="rate_limit, RateLimit or MixinRateLimit")
    parser.add_argument(
        "--category", default=_CATEGORY, metavar="X", help=f"by default {_CATEGORY}"
    )
    parser.add_argument("--description", metavar="TEXT", help="what the mixin adds, in a phrase")
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="NAME:TYPE=DEFAULT[:LEAST..GREATEST]",
        help="a setting, as max_calls:int=10:1..1000; the option can be repeated",
    )
    parser.add_argument("--root", type=Path, metavar="DIR", help="another working tree")
    parser.add_argument("--dry-run", action="store_true", help="show the patch, write nothing")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> Answer:
    if asked.registry is not None:
        raise RequestError("a new mixin takes more than a registry", "--root DIR")
    # --help needs neither pydantic nor YAML.
    from omnibase_core.cli.mixins.scaffolding.plans import plans_for  # noqa: PLC0415 - see above
    from omnibase_core.cli.mixins.scaffolding.taken import refuse_taken  # noqa: PLC0415 - ditto
    from omnibase_core.cli.mixins.scaffolding.working_tree import (  # noqa: PLC0415 - ditto
        working_tree,
    )
    from omnibase_core.cli.mixins.scaffolding.writing import write_all  # noqa: PLC0415 - ditto

    new = _asked(asked)
    tree = working_tree(asked.root)
    with registry():
        refuse_taken(new.name, tree)
        plans = plans_for(new, tree)
    if not asked.dry_run:
        write_all(plans)
    return _answer(new, tree, plans, dry_run=asked.dry_run)


def _asked(asked: argparse.Namespace) -> "NewMixin":
    """Return what is to be made, once every word of it can stand in the files."""
    from omnibase_core.cli.mixins.scaffolding.field_syntax import (  # noqa: PLC0415 - see above
        read_fields,
    )
    from omnibase_core.cli.mixins.scaffolding.mixin_name import MixinName  # noqa: PLC0415 - ditto
    from omnibase_core.cli.mixins.scaffolding.plans import NewMixin  # noqa: PLC0415 - ditto
    from omnibase_core.cli.mixins.scaffolding.wording import described  # noqa: PLC0415 - ditto

    name = MixinName.read(asked.name)
    text = asked.description
    return NewMixin(
        name,
        described(f"Add {name.spoken} to a node" if text is None else text),
        _category(asked.category),
        read_fields(asked.field, name.stem),
    )


def _category(text: str) -> str:
    from omnibase_core.discovery.registry_check import CATEGORIES  # noqa: PLC0415 - see above
    from omnibase_core.discovery.registry_error import nearest  # noqa: PLC0415 - ditto

    if text not in CATEGORIES:
        raise RequestError(
            f"there is no category {text!r}",
            nearest(text, CATEGORIES) or f"one of {', '.join(CATEGORIES)}",
        )
    return text


def _answer(new: "NewMixin", tree: "Tree", plans: "list[FilePlan]", *, dry_run: bool) -> Answer:
    patch = "".join(f"{line}\n" for plan in plans for line in plan.diff()) if dry_run else None
    body: dict[str, Any] = {
        "mixin": new.name.mixin,
        "root": str(tree.root),
        "dry_run": dry_run,
        "new": [plan.shown for plan in plans if plan.is_new],
        "changed": [plan.shown for plan in plans if not plan.is_new],
        "patch": patch,
    }
    return Answer(body, lambda sheet: _show(sheet, new, plans, patch))


def _show(sheet: Sheet, new: "NewMixin", plans: "list[FilePlan]", patch: str | None) -> None:
    if patch is not None:
        sheet.raw(patch)
        return
    for plan in plans:
        sheet.raw(f"{'new    ' if plan.is_new else 'changed'} {plan.shown}")
    sheet.blank()
    sheet.line(f"{new.name.mixin} has the settings {', '.join(f.name for f in new.fields)}.")
    sheet.line("Make it act upon them, then run python -m omnibase_core gates")
