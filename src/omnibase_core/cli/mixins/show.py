"""The command `show`: everything about one mixin, down to a subcontract to paste."""

import argparse
from typing import TYPE_CHECKING, Any

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.mixins.common import add_command, asked_registry, registry
from omnibase_core.cli.mixins.show_text import show_entry, show_infrastructure
from omnibase_core.cli.mixins.subcontract_text import subcontract_yaml
from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet

if TYPE_CHECKING:
    from omnibase_core.cli.mixins.common import Commands
    from omnibase_core.discovery import MixinDiscovery, ModelMixinInfo

__all__ = ["add"]


def add(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(
        commands, "show", _run, "Show what a mixin adds and the settings that it takes."
    )
    parser.add_argument("name", metavar="NAME", help="MixinRetry, mixin_retry or retry")
    parser.add_argument("--preset", metavar="P", help="fill the subcontract from this preset")
    parser.add_argument("--yaml", action="store_true", help="print only the subcontract")


def _run(asked: argparse.Namespace) -> Answer:
    discovery = asked_registry(asked)
    with registry():
        name = discovery.find_name(asked.name)
    exempt = {each.name: each for each in discovery.get_infrastructure_mixins()}
    if name not in exempt:
        return _entry(discovery, name, asked)
    if asked.yaml or asked.preset:
        raise RequestError(
            f"{name} is infrastructure: {exempt[name].reason}; it has no subcontract"
        )
    body = {**exempt[name].model_dump(), **_place(discovery, name)}
    return Answer({"infrastructure": body}, lambda sheet: show_infrastructure(sheet, body))


def _entry(discovery: "MixinDiscovery", name: str, asked: argparse.Namespace) -> Answer:
    info = discovery.get_mixin(name)
    with registry():
        values = discovery.get_preset(name, asked.preset) if asked.preset else {}
    body: dict[str, Any] = {
        **info.model_dump(mode="json"),
        **_place(discovery, name),
        "version": info.version.to_string(),
        "refused_by": _refused_by(discovery, info),
        "preset": asked.preset,
        "yaml": None,
        "yaml_missing": None,
    }
    try:
        body["yaml"] = subcontract_yaml(discovery, name, values)
    except RequestError as error:
        if asked.yaml:
            raise
        body["yaml_missing"] = error.message

    def show(sheet: Sheet) -> None:
        if asked.yaml:
            sheet.raw(body["yaml"])
        else:
            show_entry(sheet, body)

    return Answer({"mixin": body}, show)


def _place(discovery: "MixinDiscovery", name: str) -> dict[str, str]:
    state = "implemented" if discovery.is_implemented(name) else "planned"
    return {"key": discovery.get_mixin_key(name), "state": state}


def _refused_by(discovery: "MixinDiscovery", info: "ModelMixinInfo") -> list[str]:
    """Return the mixins that declare a conflict which the entry itself does not mention."""
    return [
        other.name
        for other in discovery.get_all_mixins()
        if info.name in other.incompatible_with and other.name not in info.incompatible_with
    ]
