"""`compose_node` makes a node class of a contract that lists mixins and their settings.

A class statement is the plain way and the one that type checkers follow:

    class TicketStore(MixinTransactions, MixinHealthCheck, NodeCoreBase):
        "Keeps tickets."

        health_check_settings = ModelHealthCheckSubcontract(failure_threshold=5)

The contract of the same class, for those who decide in YAML what a node consists of:

    node: {name: TicketStore, description: Keeps tickets.}
    mixins:
      - MixinTransactions
      - {name: MixinHealthCheck, settings: {failure_threshold: 5}}
"""

import os
import sys
import warnings
from collections.abc import Mapping
from functools import cache

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.nodes.contract_document import contract_document
from omnibase_core.nodes.recipe import read_recipe
from omnibase_core.utils.contract_yaml.unknown_contract_key import UnknownContractKey

__all__ = ["compose_node"]


def compose_node(
    contract: str | os.PathLike[str] | Mapping[str, object],
    *,
    root: str | os.PathLike[str] | None = None,
    strict: bool = True,
) -> type[NodeCoreBase]:
    """Return a new class, equal to the class statement with the same bases and settings.

    The class is abstract while neither a mixin nor the base defines `process`: derive from it, or
    name a base that does. It belongs to the calling module unless the contract names another, and
    can be pickled once that module has it under its own name. Modules of the mixins and of the
    base are imported, so a contract deserves the same trust as code.

    Args:
        contract: A YAML file, or the mapping that was read from one.
        root: The folder that `$ref` in the file must not leave; that of the file unless given.
        strict: Refuse keys that nobody reads, instead of an `UnknownContractKey` warning.

    Raises:
        ModelOnexError: FILE_NOT_FOUND or FILE_READ_ERROR for a file that cannot be read, and
            VALIDATION_ERROR for the rest: a line with its place for everything that is wrong.
    """
    caller = sys._getframe(1).f_globals  # noqa: SLF001 - as `namedtuple` does, to be picklable
    recipe = read_recipe(contract_document(contract, root), _registry(), strict=strict)
    for problem in recipe.ignored:
        warnings.warn(f"{problem} (ignored)", UnknownContractKey, stacklevel=2)
    return recipe.make(caller.get("__name__", "__main__"))


@cache
def _registry() -> MixinDiscovery:
    return MixinDiscovery()
