"""The group `mixins`: what there is, what it is like and what goes together."""

import argparse
from typing import TYPE_CHECKING, Final

from omnibase_core.cli.mixins import check, listing, scaffold, show

if TYPE_CHECKING:
    Groups = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name

__all__ = ["add_parser"]

# A command is a module with `add(commands)`, which sets the default `run` of its parser.
_COMMANDS: Final = (listing, show, check, scaffold)


def add_parser(groups: "Groups") -> None:
    """Add the group and its commands to a command line."""
    parser = groups.add_parser(
        "mixins", help="list, show and check mixins", description=__doc__, allow_abbrev=False
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add(commands)
