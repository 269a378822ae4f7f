"""What the commands about mixins share: their options, and the registry behind them."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.request_error import RequestError

if TYPE_CHECKING:
    from omnibase_core.discovery import MixinDiscovery

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name

__all__ = ["add_command", "asked_registry", "registry"]


def add_command(
    commands: "Commands", name: str, run: Callable[[Any], Answer], about: str
) -> argparse.ArgumentParser:
    """Return a new command with the options that all of them take."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--registry",
        type=Path,
        metavar="DIR",
        help="the folder of another mixin_metadata.yaml and its mixins",
    )
    parser.set_defaults(run=run, command=f"mixins {name}")
    return parser


def asked_registry(asked: argparse.Namespace) -> "MixinDiscovery":
    """Return the registry that the command is about, once it is clear that it can be read."""
    from omnibase_core.discovery import (  # noqa: PLC0415 - --help needs neither pydantic nor YAML
        MixinDiscovery,
    )

    discovery = MixinDiscovery(asked.registry)
    with registry():
        discovery.get_all_mixins()
    return discovery


@contextmanager
def registry() -> Iterator[None]:
    """Turn what the registry objects to into the answer of the command."""
    from omnibase_core.errors.model_onex_error import (  # noqa: PLC0415 - see above
        ModelOnexError,
    )

    try:
        yield
    except ModelOnexError as error:
        raise RequestError(error.message) from error
