"""Reads the command line, runs what it asks for and says how it went."""

import argparse
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from omnibase_core.cli import gates, mixins, schema
from omnibase_core.cli.answer import deliver, deliver_failure
from omnibase_core.cli.request_error import RequestError

__all__ = ["main"]

_INTERRUPTED: Final = 130
# A module with `add_parser(groups)`; what it adds sets `run`, `command` and `json`.
_GROUPS: Final = (mixins, gates, schema)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are answers like any other."""

    def error(self, message: str) -> NoReturn:
        raise RequestError(message, f"{self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 objected, 2 impossible."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    command = " ".join(given[:2])
    try:
        asked = _parser().parse_args(given)
        command = asked.command
        return deliver(asked.run(asked), command, as_json=asked.json)
    except RequestError as error:
        return deliver_failure(error, command, as_json=as_json)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="python -m omnibase_core", description="The node runtime.", allow_abbrev=False
    )
    groups = parser.add_subparsers(metavar="GROUP", required=True)
    for module in _GROUPS:
        module.add_parser(groups)
    return parser
