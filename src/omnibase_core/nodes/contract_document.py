"""A node contract from a file, or from a mapping that somebody has read already."""

import os
from collections.abc import Mapping
from typing import Final

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.limits import DEFAULT_LIMITS
from omnibase_core.utils.contract_yaml.nodes import Content, Entry, Node, make_node
from omnibase_core.utils.contract_yaml.places import Place, Steps, dotted
from omnibase_core.utils.contract_yaml.problems import Problem, refusal
from omnibase_core.utils.contract_yaml.reading import read_document

__all__ = ["contract_document"]

_NOWHERE: Final = Place("<contract>")


def contract_document(
    contract: str | os.PathLike[str] | Mapping[str, object],
    root: str | os.PathLike[str] | None,
) -> Document:
    """Return the contract as a document that shares nothing with the caller's mapping.

    What stands in a mapping has no line, so its errors are about `<contract>`, line 1.
    """
    if not isinstance(contract, Mapping):
        return read_document(contract, root=root)
    problems: list[Problem] = []
    tree = _node(contract, (), problems)
    if problems:
        raise refusal(problems)
    return Document(_NOWHERE.path, tree.plain(), tree)


def _node(value: object, steps: Steps, problems: list[Problem]) -> Node:
    if len(steps) >= DEFAULT_LIMITS.depth:
        raise _too_much(steps, f"is nested deeper than {DEFAULT_LIMITS.depth} levels")
    content: Content = None
    if isinstance(value, Mapping):
        content = _entries(value, steps, problems)
    elif isinstance(value, list | tuple):
        items = enumerate(value)
        content = tuple(_node(item, (*steps, index), problems) for index, item in items)
    elif value is None or isinstance(value, str | int | float):
        content = value
    else:
        what = f"{dotted(steps)} is a {type(value).__name__}, which YAML has not"
        instead = "use mappings, lists, text, numbers, true, false and null"
        problems.append(Problem(_NOWHERE, what, instead))
    node = make_node(_NOWHERE, content)
    if node.size > DEFAULT_LIMITS.nodes:
        raise _too_much(steps, f"holds more than {DEFAULT_LIMITS.nodes} values")
    return node


def _entries(
    value: Mapping[object, object], steps: Steps, problems: list[Problem]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key, below in value.items():
        if isinstance(key, str):
            entries[key] = Entry(_NOWHERE, _node(below, (*steps, key), problems))
        else:
            what = f"the key {key!r} in {dotted(steps) or 'the contract'} is no text"
            problems.append(Problem(_NOWHERE, what, "use keys that are text"))
    return entries


def _too_much(steps: Steps, what: str) -> ModelOnexError:
    """Return the error that ends reading: a list may hold itself, or others many times over."""
    name = dotted(steps[:1]) or "the contract"
    return refusal([Problem(_NOWHERE, f"{name} {what}", "make it smaller")])
