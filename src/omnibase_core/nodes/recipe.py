"""What a contract comes down to: a name, bases in order, and class attributes."""

import inspect
import types
from dataclasses import dataclass
from typing import Any, cast

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.nodes.class_identity import check_identity
from omnibase_core.nodes.composition_fit import check_duplicates, check_fit
from omnibase_core.nodes.contract_parts import read_parts
from omnibase_core.nodes.model_contract_node import ModelContractNode
from omnibase_core.nodes.named_classes import base_class, mixin_class
from omnibase_core.nodes.objections import Objections
from omnibase_core.nodes.settings import settings_of
from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.places import Place, Steps
from omnibase_core.utils.contract_yaml.problems import Problem, refusal

__all__ = ["Recipe", "read_recipe"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a class statement would say.

    Attributes:
        node: Name, docstring and module.
        bases: The mixins in their order, the node base last.
        settings: Subcontracts by class attribute.
        ignored: Keys of the contract that nobody reads.
        place: Where the contract describes the class.
    """

    node: ModelContractNode
    bases: tuple[type, ...]
    settings: dict[str, ModelSubcontractBase]
    ignored: tuple[Problem, ...]
    place: Place

    def make(self, module: str) -> type[NodeCoreBase]:
        """Return a new class, of `module` unless the contract names another."""
        body: dict[str, Any] = {
            "__module__": self.node.module or module,
            "__qualname__": self.node.name,
            "__doc__": self.node.description and inspect.cleandoc(self.node.description),
            **self.settings,
        }
        try:
            made = types.new_class(
                self.node.name, self.bases, exec_body=lambda to: to.update(body)
            )
        except Exception as error:
            names = ", ".join(base.__name__ for base in self.bases)
            what = f"no class can be made of {names}: {type(error).__name__}: {error}"
            raise refusal([Problem(self.place, what, "change the mixins or the base")]) from error
        return cast("type[NodeCoreBase]", made)


def read_recipe(document: Document, discovery: MixinDiscovery, *, strict: bool) -> Recipe:
    """Return what the contract says, or raise one `ModelOnexError` about all that is wrong."""
    found = Objections(document)
    parts = read_parts(found)
    mixins = check_duplicates(parts.mixins, found)
    bases: dict[type, Steps] = {}
    for mixin in mixins:
        if cls := mixin_class(mixin, discovery, found):
            bases[cls] = mixin.named_at
    settings = settings_of(mixins, discovery, found)
    if parts.node:
        check_identity(parts.node, found)
        if base := base_class(parts.node.base, found):
            bases[base] = ("node", "base")
    check_fit(mixins, bases, discovery, found)
    wrong = [*found.problems, *(found.unknown if strict else ())]
    if wrong or parts.node is None:
        raise refusal(wrong)
    place = document.where(("node",))
    return Recipe(parts.node, tuple(bases), settings, tuple(found.unknown), place)
