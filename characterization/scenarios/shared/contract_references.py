"""What becomes of `$ref` in contract data, for roles that leave it to a resolver.

A role that imports them with a star has them all, each with a pin of its own; those without
`test_` in front do not hold for every role, so a role has to name them.
"""

from pathlib import Path
from typing import Any

import pytest

from omnibase_core.utils.generation.utility_reference_resolver import UtilityReferenceResolver

__all__ = [
    "test_a_broken_reference_spoils_its_own_level_only",
    "test_empty_containers_are_made_anew",
    "test_keys_beside_a_reference_are_dropped",
    "test_levels_are_resolved_through_the_node",
    "test_the_shipped_resolver_resolves_nothing",
    "test_what_is_returned_unchanged",
]

TEXTS = {
    "same_folder": "./goods.yaml",
    "folder_above": "../goods.yaml",
    "is_made_straight": "./sub/../goods.yaml",
    "plain_name": "goods.yaml",
    "hidden": ".goods.yaml",
    "two_dots": "..goods.yaml",
    "absolute": "/goods.yaml",
    "internal": "#/definitions/Goods",
    "empty": "",
}
NO_TEXTS: dict[str, Any] = {"none": None, "number": 7, "list": ["./a.yaml"]}
EMPTY: dict[str, Any] = {"mapping": {}, "list": [], "both": {"a": [], "b": {}}}


class Resolver:
    """A resolver as the node expects one: answers, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def resolve_reference(self, path: str, base_path: Path) -> Any:
        self.asked.append((path, base_path))
        if "broken" in Path(path).name:
            raise LookupError(f"nothing at {Path(path).name}")
        return {"resolved": Path(path).name}


def resolved(pinned: Any, node: Any, data: Any, base_path: Path) -> Any:
    resolver = Resolver()
    seen = pinned.observe(lambda: node._resolve_contract_references(data, base_path, resolver))
    seen["asked"] = resolver.asked
    seen["is the original"] = seen.value is data
    seen["original"] = data
    return seen


@pytest.mark.parametrize("reference", TEXTS.values(), ids=list(TEXTS))
def texts(make_node: Any, pinned: Any, files: Any, reference: str) -> None:
    """Odd but relied on: only `./` and `../` start from the contract's folder; empty means `.`."""
    pinned.check(resolved(pinned, make_node(), {"$ref": reference}, files / "shop"))


@pytest.mark.parametrize("reference", NO_TEXTS.values(), ids=list(NO_TEXTS))
def what_is_no_text(make_node: Any, pinned: Any, files: Any, reference: Any) -> None:
    """Odd but relied on: a warning, and the data as it was; the resolver is not asked."""
    pinned.check(resolved(pinned, make_node(), {"$ref": reference, "a": 1}, files / "shop"))


def test_keys_beside_a_reference_are_dropped(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: whatever stands beside `$ref` goes with it, unresolved."""
    data = {"title": "Goods", "$ref": "./goods.yaml", "more": {"$ref": "./more.yaml"}}
    pinned.check(resolved(pinned, make_node(), data, files / "shop"))


def test_a_broken_reference_spoils_its_own_level_only(
    make_node: Any, pinned: Any, files: Any
) -> None:
    """Odd but relied on: the level that fails stays as it was, its neighbours are resolved."""
    data = {
        "good": {"$ref": "./good.yaml"},
        "bad": {"$ref": "./broken.yaml", "kept": True},
        "list": [{"$ref": "./first.yaml"}, {"deep": [{"$ref": "broken"}, 3]}, "text"],
    }
    pinned.check(resolved(pinned, make_node(), data, files / "shop"))


def test_what_is_returned_unchanged(make_node: Any, pinned: Any, files: Any) -> None:
    """Tuples are no lists: references in them stay."""
    kept = {
        "tuple": ({"$ref": "./goods.yaml"},),
        "text": "$ref",
        "none": None,
        "set": {"$ref"},
        "number": 1.5,
    }
    pinned.check(
        {name: resolved(pinned, make_node(), data, files / "shop") for name, data in kept.items()}
    )


def test_empty_containers_are_made_anew(make_node: Any, pinned: Any, files: Any) -> None:
    """Mappings and lists are rebuilt even where nothing changes."""
    node = make_node()
    pinned.check(
        {name: resolved(pinned, node, data, files / "shop") for name, data in EMPTY.items()}
    )


def test_the_shipped_resolver_resolves_nothing(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: it has no method of the name that is called, so every reference stays."""
    data = {"here": {"$ref": "./goods.yaml"}, "there": [{"$ref": "#/definitions/Goods"}]}
    node = make_node()
    seen = pinned.observe(
        lambda: node._resolve_contract_references(data, files / "shop", UtilityReferenceResolver())
    )
    pinned.check(seen)


def test_levels_are_resolved_through_the_node(make_node: Any, pinned: Any, files: Any) -> None:
    """A node may replace the method; each inner level is then handed to the replacement."""
    node = make_node()
    original = node._resolve_contract_references
    levels: list[Any] = []

    def noting(data: Any, base_path: Path, resolver: Any) -> Any:
        levels.append(data)
        return original(data, base_path, resolver)

    node._resolve_contract_references = noting
    seen = resolved(pinned, node, {"a": [1, {"b": 2}], "c": "d"}, files / "shop")
    seen["levels"] = levels
    pinned.check(seen)
