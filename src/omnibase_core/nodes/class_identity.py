"""Checks what a composed class is to be called, and where it is to live."""

import keyword
import unicodedata

from omnibase_core.nodes.model_contract_node import ModelContractNode
from omnibase_core.nodes.named_classes import module_exists
from omnibase_core.nodes.objections import Objections

__all__ = ["check_identity"]


def check_identity(node: ModelContractNode, found: Objections) -> None:
    """Note a name that no class statement could have, and a module that is not there."""
    name, steps = node.name, ("node", "name")
    plain = unicodedata.normalize("NFKC", name)
    if keyword.iskeyword(name):
        what = f"node.name is {name!r}, a keyword of Python"
        found.add(steps, what, f"call it {name.title()}Node, say")
    elif not name.isidentifier():
        what = f"node.name is {name!r}, which is no name of a class"
        found.add(steps, what, "use letters, digits and underscores, no digit first")
    elif plain != name:
        what = f"node.name is {name!r}, which Python would read as {plain!r}"
        found.add(steps, what, f"write {plain}")
    if node.module is not None and not module_exists(node.module):
        what = f"node.module is {node.module!r}, and there is no such module"
        found.add(("node", "module"), what, "name the module that assigns the class")
