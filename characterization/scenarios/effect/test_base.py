"""What every node has from its base class, as the effect node shows it."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("successes", "errors"),
    [(0, 0), (3, 0), (3, 1), (0, 2), (1, 5)],
    ids=["idle", "good", "mixed", "bad", "mostly_bad"],
)
def test_performance_metrics(
    make_node: Any, pinned: Any, clock: Any, successes: int, errors: int
) -> None:
    """Odd but relied on: uptime is right only until the node is initialized."""
    node = make_node()
    for number in range(successes + errors):
        clock.run(node._update_processing_metrics(10.0 * number, number < successes))
    clock.advance(90)
    seen = pinned.observe(node.get_performance_metrics)
    seen["is the table itself"] = seen.value is node.metrics
    pinned.check(seen)


def test_performance_metrics_after_initialize(
    make_node: Any, pinned: Any, clock: Any, services: Any
) -> None:
    """Odd but relied on: uptime is the wall clock in milliseconds then."""
    node = make_node(services())
    clock.run(node.initialize())
    clock.advance(90)
    pinned.check(pinned.observe(node.get_performance_metrics))


def test_more_errors_than_operations(
    make_node: Any, pinned: Any, services: Any, clock: Any
) -> None:
    """Odd but relied on: failed initializations are errors without an operation."""

    async def broken() -> None:
        raise OSError("no room")

    node = make_node(services(), _initialize_node_resources=broken)
    for _ in range(2):
        pinned.observe(node.initialize)
    idle = pinned.observe(node.get_performance_metrics)
    clock.run(node._update_processing_metrics(4.0, True))
    pinned.check({"idle": idle, "one success": pinned.observe(node.get_performance_metrics)})


def test_processing_metrics(make_node: Any, pinned: Any, clock: Any) -> None:
    """Failures count for the average as well."""
    node = make_node()
    steps = []
    for time_ms, success in [(10.0, True), (30.0, False), (5.0, True), (0.0, False)]:
        clock.run(node._update_processing_metrics(time_ms, success))
        steps.append(dict(node.metrics))
    pinned.check({"steps": steps, "effect_metrics": node.effect_metrics})


def test_identity(make_node: Any, pinned: Any) -> None:
    """The type is the name of the concrete class, and the state is handed out as a copy."""
    node = make_node(version="4.5.6")
    copied = node.get_state()
    copied["status"] = "changed by the caller"
    pinned.check(
        {
            "id": [node.get_node_id(), node.node_id],
            "type": node.get_node_type(),
            "version": node.get_version(),
            "state": node.get_state(),
            "state again": node.state,
            "capabilities": node._get_node_capabilities(),
        }
    )


@pytest.mark.parametrize("value", [None, 0, "", {}], ids=["none", "zero", "text", "mapping"])
def test_any_input_but_none_passes_the_base(make_node: Any, pinned: Any, value: Any) -> None:
    """Odd but relied on: the id in this error is no text, unlike in those of the effect node."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node._validate_input_data(value)))


def test_lifecycle_events(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Odd but relied on: what the caller adds can overwrite the event's own fields."""
    node = make_node(services(event_bus=bus))
    seen = pinned.observe(
        lambda: node._emit_lifecycle_event("moved", {"to": "shelf", "node_type": "Shelf"})
    )
    seen["events"] = bus.calls
    pinned.check(seen)


def test_lifecycle_events_without_details(
    make_node: Any, pinned: Any, services: Any, bus: Any
) -> None:
    """Odd: details are required to be a mapping, what else comes is reported as a failed event."""
    node = make_node(services(event_bus=bus))
    empty = pinned.observe(lambda: node._emit_lifecycle_event("moved", {}))
    none = pinned.observe(lambda: node._emit_lifecycle_event("moved", None))
    pinned.check({"empty": empty, "none": none, "events": bus.calls})


def test_lifecycle_events_nobody_awaits(make_node: Any, pinned: Any, services: Any) -> None:
    """Odd but relied on: a bus with a plain method gets the event and is reported as failing."""

    class Plain:
        def __init__(self) -> None:
            self.calls: list[Any] = []

        def emit_event(self, **call: Any) -> None:
            self.calls.append(call)

    bus = Plain()
    node = make_node(services(event_bus=bus))
    seen = pinned.observe(lambda: node._emit_lifecycle_event("moved", {"to": "shelf"}))
    seen["events"] = bus.calls
    pinned.check(seen)


@pytest.mark.parametrize("found", [None, LookupError("no bus")], ids=["none", "raises"])
def test_lifecycle_events_without_a_bus(
    make_node: Any, pinned: Any, services: Any, found: Any
) -> None:
    """Odd but relied on: nothing happens, not even a log entry."""
    node = make_node(services(event_bus=found))
    pinned.check(pinned.observe(lambda: node._emit_lifecycle_event("moved", {"to": "shelf"})))
