"""What a node tells about itself."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

OPENED = UUID("00000000-0000-4000-8000-0000000000f1")
HELPERS = [
    "_extract_effect_operations",
    "_extract_effect_io_specifications",
    "_extract_effect_performance_characteristics",
    "_extract_io_operations_configuration",
    "_extract_effect_constraints",
    "_get_effect_health_status",
    "_get_effect_resource_usage",
    "_get_transaction_status",
    "_get_circuit_breaker_status",
]


async def own(_data: Any, _transaction: Any) -> None:
    return None


@pytest.fixture
def busy_node(make_node: Any, clock: Any) -> Any:
    """Make a node in the middle of its work, with limits of its own."""
    operations = [
        SimpleNamespace(
            operation_type="file_write", atomic=True, timeout_seconds=7, buffer_size=1
        ),
        SimpleNamespace(operation_type="file_read", atomic=False, timeout_seconds=30),
    ]
    node = make_node(
        contract=SimpleNamespace(io_operations=operations),
        version="4.5.6",
        default_timeout_ms=500,
        default_retry_delay_ms=20,
        max_concurrent_effects=6,
    )
    node.state["status"] = "ready"
    node.effect_handlers[EnumEffectType.API_CALL] = own
    node.effect_handlers[EnumEffectType.DATABASE_OPERATION] = own
    clock.advance(5)
    transaction = ModelTransaction(OPENED)
    transaction.state = EnumTransactionState.ACTIVE
    transaction.add_operation("write", {}, list)
    transaction.add_operation("log", {})
    node.active_transactions.update({str(OPENED): transaction, "new": ModelTransaction(OPENED)})
    failing = ModelCircuitBreaker(failure_threshold=1, recovery_timeout_seconds=9)
    failing.record_failure()
    half_open = ModelCircuitBreaker()
    half_open.state = EnumCircuitBreakerState.HALF_OPEN
    node.circuit_breakers.update(
        {"api_call": failing, "by name": half_open, "new": ModelCircuitBreaker()}
    )
    clock.run(node._update_effect_metrics("api_call", 20.0, False))
    clock.run(node.effect_semaphore.acquire())
    clock.advance(2)
    return node


def test_of_a_fresh_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the id is no text, handlers are listed by member and by value."""
    node = make_node()
    clock.advance(1.5)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_of_a_busy_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: the archetype's name is given for subclasses, limits are read anew."""
    pinned.check(pinned.observe(busy_node.get_introspection_data))


@pytest.mark.parametrize("helper", HELPERS)
def test_part(pinned: Any, busy_node: Any, helper: str) -> None:
    """Each part can be asked for by itself."""
    pinned.check(pinned.observe(getattr(busy_node, helper)))


def test_parts_are_asked_for_through_the_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: each part is made by a method of the node, which a class may replace."""
    for helper in (*HELPERS, "_get_effect_metrics_sync"):
        setattr(busy_node, helper, lambda helper=helper: f"replaced {helper}")
    pinned.check(pinned.observe(busy_node.get_introspection_data))


def test_after_initialize_and_cleanup(
    make_node: Any, pinned: Any, clock: Any, services: Any
) -> None:
    """The status follows the lifecycle; a contract service changes nothing but the version."""
    contracts = SimpleNamespace(get_node_contract=lambda _type: {"version": "9.9.9"})
    node = make_node(services(contract_service=contracts))
    told = {}
    for name, step in {"initialize": node.initialize, "cleanup": node.cleanup}.items():
        clock.run(step())
        told[name] = clock.run(node.get_introspection_data())["node_capabilities"]
    told["base"] = clock.run(node.get_introspection_data())["contract_details"]
    pinned.check(told)


def test_without_a_status(make_node: Any, pinned: Any) -> None:
    """A state without a status is reported as unknown, and the rest in full."""
    node = make_node(state={})
    seen = pinned.observe(node.get_introspection_data)
    seen["status"] = seen.value["node_capabilities"].pop("current_status")
    pinned.check({"status": seen["status"], "sections": sorted(seen.value), "logs": seen["logs"]})


def test_of_a_node_without_handlers(make_node: Any, pinned: Any) -> None:
    """Nothing is listed for handlers, and the effect types that inputs may name stay the same."""
    node = make_node(effect_handlers={})
    seen = pinned.observe(node.get_introspection_data)
    told = seen.value
    pinned.check(
        {
            "operations": told["node_capabilities"]["available_operations"],
            "types": told["node_capabilities"]["input_output_specifications"]["effect_types"],
            "supported": told["contract_details"]["supported_effect_types"],
            "effects": told["effect_management_information"],
            "logs": seen["logs"],
        }
    )


@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(None, id="none"),
        pytest.param({"io_operations": [1]}, id="mapping"),
        pytest.param(SimpleNamespace(io_operations=[]), id="without_operations"),
        pytest.param(SimpleNamespace(io_operations=None), id="operations_none"),
        pytest.param(
            SimpleNamespace(
                io_operations=[
                    SimpleNamespace(operation_type="a", atomic=True, timeout_seconds=1),
                    SimpleNamespace(operation_type="b", atomic=True),
                ]
            ),
            id="odd_operation",
        ),
    ],
)
def test_operations_of_the_contract(make_node: Any, pinned: Any, contract: Any) -> None:
    """Odd but relied on: one operation that cannot be read costs all of them, and the flags."""
    node = make_node(contract=contract, node_id="node-7")
    pinned.check(pinned.observe(node._extract_io_operations_configuration))


def test_operations_without_a_contract_attribute(make_node: Any, pinned: Any) -> None:
    """A node whose contract was deleted tells of the trouble."""
    node = make_node(node_id="node-7")
    del node.contract_model
    pinned.check(pinned.observe(node._extract_io_operations_configuration))


def test_health(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: health is whether the node's check accepts a probe; no log tells why."""
    node = make_node()
    probes: list[Any] = []

    def accept(probe: Any) -> None:
        probes.append(probe)

    def refuse(_probe: Any) -> None:
        raise ValueError("closed today")

    as_built = pinned.observe(node._get_effect_health_status)
    node._validate_effect_input = accept
    accepting = pinned.observe(node._get_effect_health_status)
    node._validate_effect_input = refuse
    refusing = pinned.observe(node._get_effect_health_status)
    probe = {
        name: getattr(probes[0], name)
        for name in ("effect_type", "operation_data", "transaction_enabled", "metadata")
    }
    pinned.check(
        {"as built": as_built, "accepting": accepting, "refusing": refusing, "probe": probe}
    )


def test_health_is_told_in_the_answer(make_node: Any, pinned: Any) -> None:
    """An unhealthy node still answers in full."""

    def refuse(_probe: Any) -> None:
        raise ValueError("closed today")

    node = make_node(_validate_effect_input=refuse)
    seen = pinned.observe(node.get_introspection_data)
    pinned.check({"runtime": seen.value["runtime_information"], "logs": seen["logs"]})
