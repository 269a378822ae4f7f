"""What becomes of `$ref` in contract data."""

import copy
from pathlib import Path
from typing import Any

import pytest
from scenarios.shared.contract_references import EMPTY

GOODS = """\
title: Goods
shelf: {box: {weight: 3, "": empty}, list: [1, 2]}
nothing: null
"": unnamed
more: {$ref: contracts/more.yaml, beside: dropped}
"""
MORE = "amount: 5\n"


@pytest.fixture
def shop(files: Any) -> Path:
    """Return the folder of a contract that has files to refer to."""
    files.write("shop/contracts/goods.yaml", GOODS)
    files.write("shop/contracts/more.yaml", MORE)
    files.write("shop/goods.yaml", "title: Wrong goods\n")
    files.write("shop/sub/contracts/deep.yaml", "{up: {$ref: contracts/more.yaml}}\n")
    files.write("contracts/outside.yaml", "title: Outside\n")
    files.write("shop/contracts/list.yaml", "[1, {$ref: contracts/more.yaml}]\n")
    files.write("shop/contracts/broken.yaml", "title: [\n")
    files.write("shop/contracts/text.yaml", "just a text\n")
    files.write("shop/contracts/empty.yaml", "")
    files.write("shop/contracts/folder/inside.yaml", "")
    folder: Path = files / "shop"
    return folder


def resolved(pinned: Any, node: Any, data: Any, base_path: Path) -> Any:
    before = copy.deepcopy(data)
    seen = pinned.observe(lambda: node._resolve_contract_references(data, base_path, None))
    told = {"outcome": "as it was" if seen.value is data else seen["outcome"]}
    if before != data:
        told["changed"] = data
    if seen["logs"]:
        told["logs"] = [[each["level"], each["message"]] for each in seen["logs"]]
    return told


FILES = {
    "whole": "contracts/goods.yaml",
    "from_here": "./contracts/goods.yaml",
    "below": "sub/contracts/deep.yaml",
    "above": "../contracts/outside.yaml",
    "around": "sub/../contracts/more.yaml",
    "absent": "contracts/gone.yaml",
    "list": "contracts/list.yaml",
    "broken": "contracts/broken.yaml",
    "text": "contracts/text.yaml",
    "empty": "contracts/empty.yaml",
    "folder": "contracts/folder",
    "folder_itself": "contracts/",
    "elsewhere": "goods.yaml",
    "elsewhere_from_here": "./goods.yaml",
    "name_only": "contracts",
    "capitals": "Contracts/goods.yaml",
    "part_of_a_name": "subcontracts/goods.yaml",
    "internal": "#/definitions/Goods",
    "internal_with_contracts": "#/contracts/goods.yaml",
    "nothing": "",
    "hash_without_slash": "contracts/more.yaml#amount",
}
POINTERS = {
    "one": "contracts/goods.yaml#/title",
    "two": "contracts/goods.yaml#/shelf/box",
    "down_to_a_value": "contracts/goods.yaml#/shelf/box/weight",
    "empty": "contracts/goods.yaml#/",
    "slash_only": "contracts/goods.yaml#//",
    "slash_at_the_end": "contracts/goods.yaml#/shelf/",
    "two_slashes": "contracts/goods.yaml#/shelf//box",
    "missing": "contracts/goods.yaml#/colour",
    "missing_below": "contracts/goods.yaml#/shelf/colour",
    "through_a_value": "contracts/goods.yaml#/title/more",
    "through_a_list": "contracts/goods.yaml#/shelf/list/0",
    "to_a_list": "contracts/goods.yaml#/shelf/list",
    "to_none": "contracts/goods.yaml#/nothing",
    "through_none": "contracts/goods.yaml#/nothing/more",
    "to_a_reference": "contracts/goods.yaml#/more",
    "through_a_reference": "contracts/goods.yaml#/more/amount",
    "further_parts": "contracts/goods.yaml#/shelf#/box",
    "list_root": "contracts/list.yaml#/root_list",
    "in_an_absent_file": "contracts/gone.yaml#/title",
    "in_a_broken_file": "contracts/broken.yaml#/title",
    "contracts_in_the_pointer": "goods.yaml#/contracts/title",
}


@pytest.mark.parametrize("references", [FILES, POINTERS], ids=["files", "places_in_files"])
def test_references(make_node: Any, pinned: Any, shop: Path, references: dict[str, str]) -> None:
    """Odd but relied on: only what has `contracts/` in it is followed, and mappings within."""
    node = make_node()
    beside = {"$ref": "contracts/more.yaml"}
    pinned.check(
        {
            name: resolved(pinned, node, {"$ref": reference, "beside": beside}, shop)
            for name, reference in references.items()
        }
    )


def test_an_absolute_path(make_node: Any, pinned: Any, shop: Path, files: Any) -> None:
    """It is taken as it is, wherever the contract lies."""
    data = {"$ref": str(files / "contracts/outside.yaml")}
    pinned.check(resolved(pinned, make_node(), data, shop))


def test_what_is_no_text(make_node: Any, pinned: Any, shop: Path) -> None:
    """Odd but relied on: an error is logged, and the data stays as it was."""
    node = make_node()
    pinned.check(
        {
            repr(odd): resolved(pinned, node, {"$ref": odd, "a": 1}, shop)
            for odd in (None, 7, ["contracts/more.yaml"], {"a": 1}, b"contracts/more.yaml")
        }
    )


def test_all_levels(make_node: Any, pinned: Any, shop: Path) -> None:
    """Mappings and lists are rebuilt; what cannot be resolved stays among what can."""
    data = {
        "good": {"$ref": "contracts/more.yaml"},
        "bad": {"$ref": "contracts/broken.yaml", "kept": True},
        "list": [{"$ref": "contracts/more.yaml"}, {"deep": [{"$ref": "gone.yaml"}, 3]}, "text"],
    }
    pinned.check(resolved(pinned, make_node(), data, shop))


def test_what_is_returned_unchanged(make_node: Any, pinned: Any, shop: Path) -> None:
    """Tuples are no lists: references in them stay."""
    kept = {
        "tuple": ({"$ref": "contracts/more.yaml"},),
        "text": "$ref",
        "none": None,
        "number": 1.5,
    }
    node = make_node()
    pinned.check({name: resolved(pinned, node, data, shop) for name, data in kept.items()})


def test_empty_containers_are_made_anew(make_node: Any, pinned: Any, shop: Path) -> None:
    """Mappings and lists are rebuilt even where nothing changes."""
    node = make_node()
    pinned.check({name: resolved(pinned, node, data, shop) for name, data in EMPTY.items()})


class Asked:
    """A resolver that would resolve, if only it were asked."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def resolve_reference(self, *given: Any) -> str:
        self.calls.append(given)
        return "resolved"


def test_the_resolver_is_not_asked(make_node: Any, pinned: Any, shop: Path) -> None:
    """Odd but relied on: unlike in the other archetypes, the third argument is not used."""
    node, resolver = make_node(), Asked()
    data = [{"$ref": "contracts/more.yaml"}, {"$ref": "./more.yaml"}, {"$ref": 5}]
    seen = pinned.observe(lambda: node._resolve_contract_references(data, shop, resolver))
    seen["asked"] = resolver.calls
    pinned.check(seen)


@pytest.mark.parametrize(
    "data",
    [
        {"a": [1, {"b": 2}], "c": "d"},
        {"$ref": "contracts/goods.yaml"},
        {"$ref": "contracts/goods.yaml#/shelf"},
    ],
    ids=["levels", "file", "place"],
)
def test_levels_are_resolved_through_the_node(
    make_node: Any, pinned: Any, shop: Path, data: Any
) -> None:
    """A node may replace the method; each inner level is then handed to the replacement."""
    node = make_node()
    original = node._resolve_contract_references
    levels: list[Any] = []

    def noting(data: Any, base_path: Path, resolver: Any) -> Any:
        levels.append([data, base_path, resolver])
        return original(data, base_path, resolver)

    node._resolve_contract_references = noting
    resolver = Asked()
    seen = pinned.observe(lambda: node._resolve_contract_references(data, shop, resolver))
    seen["levels"] = levels
    pinned.check(seen)


def test_a_file_that_refers_to_itself(make_node: Any, pinned: Any, shop: Path, files: Any) -> None:
    """Odd but relied on: it is nested until it is too deep, the innermost reference is left."""
    files.write("shop/contracts/self.yaml", "again: {$ref: contracts/self.yaml}\n")
    node = make_node()
    original = node._resolve_contract_references
    depths: list[Any] = []

    def limited(data: Any, base_path: Path, resolver: Any) -> Any:
        depths.append(data)
        if len(depths) == 10:
            raise RecursionError("too deep")
        return original(data, base_path, resolver)

    node._resolve_contract_references = limited
    pinned.check(resolved(pinned, node, {"$ref": "contracts/self.yaml"}, shop))
