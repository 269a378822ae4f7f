"""Which inputs the node refuses before anything happens."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.compute.conftest import order


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(order(), id="order"),
        pytest.param(order(None, None), id="nothing_in_it"),
        pytest.param(SimpleNamespace(data=1, computation_type=2), id="another_object"),
    ],
)
def test_accepted(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: two attributes are looked at, so any object that has them will do."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node._validate_compute_input(given)))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(None, id="none"),
        pytest.param({"data": 1, "computation_type": "weigh"}, id="mapping"),
        pytest.param("", id="text"),
        pytest.param(SimpleNamespace(data=1), id="without_type"),
        pytest.param(SimpleNamespace(computation_type="weigh"), id="without_data"),
    ],
)
def test_refused(make_node: Any, pinned: Any, given: Any) -> None:
    """Data are missed before the type is; ids are no text in the errors."""
    node = make_node()
    seen = pinned.observe(lambda: node._validate_compute_input(given))
    context = seen.error.context["additional_context"]["context"]
    seen["kinds"] = {name: type(value).__name__ for name, value in context.items()}
    pinned.check(seen)


def test_the_check_of_the_base_comes_first(make_node: Any, pinned: Any) -> None:
    """It is called through the node, so a class may add conditions of its own."""
    asked: list[Any] = []

    def refuse(input_data: Any) -> None:
        asked.append(input_data)
        raise ValueError("closed today")

    node = make_node(_validate_input_data=refuse)
    seen = pinned.observe(lambda: node._validate_compute_input("anything"))
    seen["asked"] = asked
    pinned.check(seen)
