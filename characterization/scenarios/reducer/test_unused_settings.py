"""Settings that are told to everybody and applied by nobody."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.reducer.conftest import BATCH, FOLD, INCREMENTAL, WINDOWED, order

MODES = {"batch": BATCH, "incremental": INCREMENTAL, "windowed": WINDOWED}


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_limits(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: batch size, memory and buffer of the node limit nothing."""
    node = make_node(default_batch_size=1, max_memory_usage_mb=0, streaming_buffer_size=1)
    limited = pinned.observe(lambda: node.process(order(FOLD, [1, 2, 3], streaming_mode=mode)))
    for name in ("default_batch_size", "max_memory_usage_mb", "streaming_buffer_size"):
        delattr(node, name)
    without = pinned.observe(lambda: node.process(order(FOLD, [1, 2, 3], streaming_mode=mode)))
    pinned.check({"limited": limited, "without": without})


def test_contract(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: what a contract says about streams and conflicts is not applied."""
    contract = SimpleNamespace(
        streaming=SimpleNamespace(enabled=False, buffer_size=1024, window_size=1),
        conflict_resolution=SimpleNamespace(strategy="error"),
        order_preserving=True,
    )
    node = make_node(contract=contract)
    asked = order("merge", [{"a": 1}, {"a": 2}])
    pinned.check(pinned.observe(lambda: node.process(asked)))
