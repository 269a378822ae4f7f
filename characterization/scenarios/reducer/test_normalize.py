"""The built-in normalization: scores that can be compared."""

from typing import Any

import pytest
from scenarios.reducer.conftest import NORMALIZE, assigned, order, reduced, wrapped

METHODS = ["min_max", "rank", "z_score", "", "MIN_MAX"]
SCORES = {
    "ascending": [1, 2, 3, 5],
    "descending": [5.5, 3, 1],
    "ties": [2, 5, 2, 5, 1],
    "equal": [4, 4],
    "one": [4],
    "zero": [0],
    "negative": [-3, -1, 0],
    "truth": [True, False, 2],
    "infinite": [float("inf"), 1],
}


class Scores(dict):  # type: ignore[type-arg]
    """A mapping of a class of its own."""


def added(items: list[dict[str, Any]], *known: Any) -> dict[str, Any]:
    """Return what was written into the items, field by field."""
    names = [name for item in items for name in item if name not in known]
    return {name: [item.get(name) for item in items] for name in dict.fromkeys(names)}


@pytest.mark.parametrize("method", METHODS, ids=[*METHODS[:3], "empty", "capitals"])
def test_methods(make_node: Any, pinned: Any, method: str) -> None:
    """Odd but relied on: equal scores get different ranks, and unknown methods do nothing."""
    node = make_node()
    seen = {}
    for name, scores in SCORES.items():
        items = [{"score": score} for score in scores]
        asked = order(NORMALIZE, items, metadata=wrapped(normalization_method=method))
        result = reduced(pinned, node, asked)["result"]
        same = [mine is theirs for mine, theirs in zip(items, result, strict=True)]
        seen[name] = {**added(items, "score"), "same": all(same)}
    pinned.check(seen)


@pytest.mark.parametrize("method", ["min_max", "rank"])
def test_items_that_take_no_part(make_node: Any, pinned: Any, method: str) -> None:
    """Odd but relied on: they stay where they are, and do not count for ranks and ranges."""
    node = make_node()
    items = [
        {"score": 10},
        {"score": "20"},
        "text",
        {"score": None},
        Scores(score=30),
        {"points": 99},
        None,
        [("score", 1)],
        {"score": 20.0},
        {"score": 1j},
    ]
    asked = order(NORMALIZE, items, metadata=wrapped(normalization_method=method))
    pinned.check(reduced(pinned, node, asked))


@pytest.mark.parametrize("method", ["min_max", "rank", "none"])
def test_items_are_edited_in_place(make_node: Any, pinned: Any, method: str) -> None:
    """Odd but relied on: the caller's own mappings get the new fields; the list is a new one."""
    node = make_node()
    items = [{"score": 3}, {"score": 1}, {"score": 2, "score_normalized": "old"}]
    asked = order(NORMALIZE, items, metadata=wrapped(normalization_method=method))
    seen = pinned.observe(lambda: node.process(asked))
    result = seen.value.result
    pinned.check(
        {
            "items": items,
            "same items": [mine is theirs for mine, theirs in zip(items, result, strict=True)],
            "same list": result is items,
        }
    )


NO_SCORES = {
    "texts": ["a", "b"],
    "other_field": [{"points": 1}],
    "score_of_text": [{"score": "1"}],
    "score_of_none": [{"score": None}, None],
    "numbers": [1, 2],
}


def test_without_a_score(make_node: Any, pinned: Any) -> None:
    """Everything comes back as it is."""
    node = make_node()
    pinned.check(
        {name: reduced(pinned, node, order(NORMALIZE, items)) for name, items in NO_SCORES.items()}
    )


METADATA = {
    "none": None,
    "empty": {},
    "wrapped": wrapped(score_field="points", normalization_method="rank"),
    "raw": {"score_field": "points", "normalization_method": "rank"},
    "field_only": wrapped(score_field="points"),
    "raw_field_only": {"score_field": "points"},
    "method_only": wrapped(normalization_method="rank"),
    "raw_method_only": {"normalization_method": "rank"},
    "wrapped_none": wrapped(score_field=None, normalization_method=None),
    "raw_none": {"score_field": None},
    "field_by_number": wrapped(score_field=7),
    "raw_field_by_number": {"score_field": 7, "normalization_method": "rank"},
    "field_of_a_list": wrapped(score_field=["score"]),
    "something_else": wrapped(graph_operation="cycle_detection", rsd_operation="x"),
    "pairs": [("score_field", "points")],
    "text": "rank",
}


def test_metadata(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: raw values assigned afterwards do as well as wrapped ones, or None."""
    node = make_node()
    seen = {}
    for name, metadata in METADATA.items():
        items = [
            {"score": 1, "points": 30, 7: 100, None: 5},
            {"score": 2, "points": 20, 7: 300, None: 6},
            {"score": 4, "points": 10, 7: 200, None: 8},
        ]
        told = reduced(pinned, node, assigned(order(NORMALIZE, items), metadata=metadata))
        told.pop("result", None)
        seen[name] = {**told, **added(items, "score", "points", 7, None)}
    pinned.check(seen)


def test_a_failure_leaves_what_was_written(make_node: Any, pinned: Any) -> None:
    """Odd: numbers that no range can be made of fail, and fields written before stay."""

    class Sealed(dict):  # type: ignore[type-arg]
        def __setitem__(self, name: Any, value: Any) -> None:
            raise KeyError(name)

    node = make_node()
    items = [{"score": 1}, Sealed(score=2), {"score": 3}]
    pinned.check({**reduced(pinned, node, order(NORMALIZE, items)), "items": items})


def test_resolver_is_not_needed(make_node: Any, pinned: Any) -> None:
    """No item can be in conflict with another."""
    node = make_node()
    asked = order(NORMALIZE, [{"score": 1}, {"score": 3}])
    seen = pinned.observe(lambda: node.reduction_functions[NORMALIZE](asked.data, asked, None))
    seen["same list"] = seen.value is asked.data
    pinned.check(seen)
