"""The command `list`: a table of the mixins that there are."""

import argparse
from typing import TYPE_CHECKING, Any

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.mixins.common import add_command, asked_registry
from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet

if TYPE_CHECKING:
    from omnibase_core.cli.mixins.common import Commands
    from omnibase_core.discovery import MixinDiscovery

__all__ = ["add"]

_COLUMNS = ("name", "category", "version", "subcontract", "state")


def add(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "list", _run, "List the mixins.")
    parser.add_argument("--category", metavar="X", help="only the mixins of this category")


def _run(asked: argparse.Namespace) -> Answer:
    discovery = asked_registry(asked)
    rows = _rows(discovery, asked.category)
    exempt = [
        {**each.model_dump(), "state": _state(discovery, each.name)}
        for each in discovery.get_infrastructure_mixins()
        if asked.category is None
    ]

    def show(sheet: Sheet) -> None:
        sheet.table(_COLUMNS, [[_cell(row[column]) for column in _COLUMNS] for row in rows])
        if exempt:
            sheet.heading("infrastructure, without a subcontract")
            columns = ("name", "kind", "state", "reason")
            sheet.table(columns, [[_cell(each[column]) for column in columns] for each in exempt])

    return Answer({"mixins": rows, "infrastructure": exempt}, show)


def _rows(discovery: "MixinDiscovery", category: str | None) -> list[dict[str, Any]]:
    known = discovery.get_categories()
    if category is not None and category not in known:
        raise RequestError(
            f"there is no category {category!r}", f"one of {', '.join(known) or 'none'}"
        )
    return [
        {
            "name": info.name,
            "category": info.category,
            "version": info.version.to_string(),
            "subcontract": _class_name(info.subcontract_model),
            "state": _state(discovery, info.name),
            "key": discovery.get_mixin_key(info.name),
            "description": info.description,
            "subcontract_model": info.subcontract_model,
        }
        for info in discovery.get_all_mixins()
        if category in (None, info.category)
    ]


def _class_name(path: str | None) -> str | None:
    return path.replace(":", ".").rpartition(".")[2] if path else None


def _state(discovery: "MixinDiscovery", name: str) -> str:
    return "implemented" if discovery.is_implemented(name) else "planned"


def _cell(value: Any) -> str | tuple[str, str]:
    styles = {"implemented": "green", "planned": "yellow"}
    return ("-" if value is None else str(value), styles.get(str(value), ""))
