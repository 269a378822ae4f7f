"""What becomes of `$ref` in contract data."""

from typing import Any

from scenarios.shared.contract_references import *  # noqa: F403 - for this role's pins
from scenarios.shared.contract_references import (
    NO_TEXTS,
    TEXTS,
    resolved,
)


def test_texts(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: only `./` and `../` start from the contract's folder; empty means `.`."""
    node, told = make_node(), {}
    for reference in TEXTS.values():
        seen = resolved(pinned, node, {"$ref": reference}, files / "shop")
        told[f"text {reference!r}"] = [seen["asked"], seen.value, seen["logs"]]
    pinned.check(told)


def test_what_is_no_text(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: a warning, and the data as it was; the resolver is not asked."""
    node = make_node()
    pinned.check(
        {
            repr(reference): resolved(pinned, node, {"$ref": reference, "a": 1}, files / "shop")
            for reference in NO_TEXTS.values()
        }
    )
