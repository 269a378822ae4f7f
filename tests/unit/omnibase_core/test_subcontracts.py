"""The subcontract models: any input gives a valid model or a clear error, and nothing between."""

import copy
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import subcontracts
from omnibase_core.models.contracts.subcontracts import (
    BrokenRule,
    ModelCachingSubcontract,
    ModelContractLoaderSubcontract,
    ModelEffectHandlerSubcontract,
    ModelEventTypeSubcontract,
    ModelRoutingSubcontract,
    ModelSubcontractBase,
    ModelTransactionSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import raise_broken_rules
from omnibase_core.primitives.model_semver import ModelSemVer

EVERY: list[type[ModelSubcontractBase]] = [
    model
    for name in subcontracts.__all__
    if isinstance(model := getattr(subcontracts, name), type)
    and issubclass(model, ModelSubcontractBase)
    and model is not ModelSubcontractBase
]
# The others have fields that must be given, or are parts of a contract.
CAPABILITIES = [
    model for model in EVERY if Path(inspect.getfile(model)).with_suffix(".yaml").is_file()
]
DEFAULTED = [*CAPABILITIES, ModelRoutingSubcontract]
WORDS = ["READ_COMMITTED", "serializable", "nonsense", "", " ", "yes", "60", "debug", " Json"]

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-5, 400_000)
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=5)
)
wild = (
    leaves
    | st.lists(leaves, max_size=3)
    | st.lists(st.text(max_size=5), max_size=3)
    | st.dictionaries(st.text(max_size=5), leaves, max_size=2)
)


def fitting(model: type[ModelSubcontractBase], name: str) -> st.SearchStrategy[object]:
    """Values within the type and bounds of a field."""
    schema = model.model_json_schema()
    return fitting_schema(schema["properties"][name], schema.get("$defs", {}))


def fitting_schema(schema: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[object]:
    if "$ref" in schema:
        return fitting_schema(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return st.one_of([fitting_schema(choice, known) for choice in schema["anyOf"]])
    if schema["type"] == "array":
        items = fitting_schema(schema["items"], known) | st.integers(99, 600).map(str)
        return st.lists(items, max_size=4)
    if schema["type"] == "object":
        parts = schema["properties"].items()
        fields = {name: fitting_schema(part, known) for name, part in parts}
        needed = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(needed, optional=fields)
    return fitting_scalar(schema)


def fitting_scalar(schema: dict[str, Any]) -> st.SearchStrategy[object]:
    if "enum" in schema:
        return st.sampled_from([*schema["enum"], *(word.lower() for word in schema["enum"])])
    bounds = schema.get("minimum"), schema.get("maximum")
    kinds: dict[str, st.SearchStrategy[object]] = {
        "integer": st.integers(*bounds),
        "number": st.floats(*bounds),
        "boolean": st.booleans(),
        "null": st.none(),
        "string": st.text(min_size=schema.get("minLength", 0)),
    }
    return kinds[schema["type"]]


def mappings(model: type[ModelSubcontractBase]) -> st.SearchStrategy[Mapping[str, object]]:
    keys = [*model.model_fields, *model.OLD_KEYS, "no_such_key"]
    fields = {name: fitting(model, name) for name in model.model_fields}
    fields |= {name: st.integers(0, 301_000) for name in model.OLD_KEYS}
    return (
        st.dictionaries(st.sampled_from(keys), wild)
        | st.fixed_dictionaries({}, optional=fields)
        | st.sampled_from(sorted(fields)).flatmap(
            lambda name: st.fixed_dictionaries({name: fields[name]})
        )
    )


def each_of_them(
    inputs: Callable[[type[ModelSubcontractBase]], st.SearchStrategy[Any]],
) -> st.SearchStrategy[tuple[type[ModelSubcontractBase], Any]]:
    pairs = {model: st.tuples(st.just(model), inputs(model)) for model in CAPABILITIES}
    return st.sampled_from(CAPABILITIES).flatmap(lambda model: pairs[model])


def changes(model: type[ModelSubcontractBase]) -> st.SearchStrategy[list[tuple[str, object]]]:
    one = [st.tuples(st.just(name), fitting(model, name) | wild) for name in model.model_fields]
    return st.lists(st.one_of(one))


cases = each_of_them(mappings)
assignments = each_of_them(changes)


def built(
    model: type[ModelSubcontractBase], data: Mapping[str, object]
) -> ModelSubcontractBase | None:
    """Return the model, or None if `data` is refused clearly."""
    refusal: ValidationError | ModelOnexError
    try:
        return model.model_validate(data)
    except (ValidationError, ModelOnexError) as error:
        refusal = error
    if isinstance(refusal, ValidationError):
        known = {*model.model_fields, *model.OLD_KEYS}
        assert {problem["loc"][0] for problem in refusal.errors()} <= known
        assert str(refusal)
    else:
        assert refusal.error_code is EnumCoreErrorCode.VALIDATION_ERROR
        assert model.__name__ in refusal.message
    return None


def state(model: ModelSubcontractBase) -> tuple[dict[str, object], set[str]]:
    return dict(model.__dict__), set(model.model_fields_set)


@given(cases)
def test_any_mapping_gives_a_valid_model_that_survives_a_round_trip_or_a_clear_error(
    case: tuple[type[ModelSubcontractBase], dict[str, object]],
) -> None:
    kind, data = case
    given = copy.deepcopy(data)
    model = built(kind, data)
    assert repr(data) == repr(given)
    if model is None:
        return
    assert not list(model.broken_rules())
    assert set(model.model_dump()) == set(kind.model_fields)
    assert kind(**model.model_dump()) == model
    assert kind.model_validate_json(model.model_dump_json()) == model
    text = yaml.safe_dump(model.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    assert kind.model_validate(yaml.safe_load(text)) == model
    assert model.model_copy() == model


@given(assignments)
def test_after_any_assignments_the_model_is_valid_and_a_failed_one_changed_nothing(
    case: tuple[type[ModelSubcontractBase], list[tuple[str, object]]],
) -> None:
    kind, steps = case
    model = kind()
    for name, value in steps:
        before = state(model)
        try:
            setattr(model, name, value)
        except (ValidationError, ModelOnexError):
            assert state(model) == before
        assert type(model)(**model.model_dump()) == model


@pytest.mark.parametrize("model", DEFAULTED)
def test_nothing_has_to_be_given(model: type[ModelSubcontractBase]) -> None:
    assert not list(model().broken_rules())


@pytest.mark.parametrize("model", EVERY)
def test_every_field_is_described_and_the_interface_version_is_no_field(
    model: type[ModelSubcontractBase],
) -> None:
    assert all(field.description for field in model.model_fields.values())
    assert ModelSemVer(major=1, minor=0, patch=0) <= model.INTERFACE_VERSION
    assert "INTERFACE_VERSION" in vars(model)
    assert "INTERFACE_VERSION" not in model.model_fields


@pytest.mark.parametrize("model", CAPABILITIES)
def test_lists_of_defaults_are_not_shared(model: type[ModelSubcontractBase]) -> None:
    one, other = model(), model()
    for name in model.model_fields:
        if isinstance(getattr(one, name), list):
            assert getattr(one, name) is not getattr(other, name)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), "nan"])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (model, name)
        for model in CAPABILITIES
        for name, field in model.model_fields.items()
        if field.annotation in {int, float}
    ],
)
def test_numbers_are_finite(
    model: type[ModelSubcontractBase], field: str, value: float | str
) -> None:
    with pytest.raises(ValidationError, match=field) as error:
        model.model_validate({field: value})
    assert error.value.errors()[0]["type"] in {"finite_number", "int_parsing"}


def yaml_of(model: type[ModelSubcontractBase]) -> Path:
    return Path(inspect.getfile(model)).with_suffix(".yaml")


@pytest.mark.parametrize("model", CAPABILITIES)
def test_the_yaml_beside_a_model_holds_exactly_its_defaults(
    model: type[ModelSubcontractBase],
) -> None:
    document = yaml.safe_load(yaml_of(model).read_text("utf-8"))
    assert list(document) == ["contract_type", "contract_version", "metadata", "config"]
    assert f"model_{document['contract_type']}" == yaml_of(model).stem
    assert document["metadata"]["name"] == document["contract_type"]
    assert ModelSemVer.model_validate(document["contract_version"]) == model.INTERFACE_VERSION
    assert document["config"] == model().model_dump()
    assert list(document["config"]) == list(model.model_fields)
    assert document["metadata"]["description"]
    assert document["metadata"]["purpose"].startswith("Configures Mixin")
    nodes = {"EFFECT", "COMPUTE", "REDUCER", "ORCHESTRATOR"}
    assert set(document["metadata"]["applicable_node_types"]) <= nodes
    assert model.model_validate(document["config"]) == model()


def test_unknown_keys_are_dropped() -> None:
    model = ModelTransactionSubcontract.model_validate({"rollbacksupport": False})
    assert model == ModelTransactionSubcontract()


def test_the_package_exports_what_it_says() -> None:
    assert sorted(subcontracts.__all__) == subcontracts.__all__
    assert all(hasattr(subcontracts, name) for name in subcontracts.__all__)


@pytest.mark.parametrize("level", ["serializable", "Serializable", "SERIALIZABLE"])
def test_isolation_levels_are_stored_in_capitals(level: str) -> None:
    assert ModelTransactionSubcontract(isolation_level=level).isolation_level == "SERIALIZABLE"


def test_an_unknown_isolation_level_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelOnexError, match=r"'CHAOS', not one of READ_UNCOMMITTED, .*") as error:
        ModelTransactionSubcontract(isolation_level="chaos")
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    details = error.value.context["additional_context"]["details"].additional_context
    assert details["error_type"].to_value() == "valueerror"
    assert details["field"].to_value() == "isolation_level"


def test_one_error_names_every_broken_rule() -> None:
    with pytest.raises(ModelOnexError, match=r"isolation_level is 'NO'.*; enable_savepoints need"):
        ModelTransactionSubcontract(
            isolation_level="no", enable_savepoints=True, rollback_support=False
        )


def test_savepoints_follow_rollback_unless_asked_for() -> None:
    model = ModelTransactionSubcontract(rollback_support=False)
    assert not model.enable_savepoints
    model.rollback_support = True
    assert model.enable_savepoints
    model.enable_savepoints = False
    assert model.rollback_support
    assert not model.enable_savepoints


def test_savepoints_asked_for_stop_rollback_from_being_turned_off() -> None:
    model = ModelTransactionSubcontract(enable_savepoints=True)
    before = state(model)
    with pytest.raises(ModelOnexError, match="enable_savepoints needs rollback_support"):
        model.rollback_support = False
    assert state(model) == before


@pytest.mark.parametrize(
    ("model", "field", "lowest", "highest"),
    [
        (ModelContractLoaderSubcontract, "contract_cache_ttl_seconds", 60, 86400),
        (ModelTransactionSubcontract, "transaction_timeout_ms", 1000, 300000),
        (ModelEffectHandlerSubcontract, "handler_cache_ttl_seconds", 10, 3600),
        (ModelEffectHandlerSubcontract, "max_concurrent_handlers", 1, 1000),
        (ModelEffectHandlerSubcontract, "handler_timeout_ms", 1000, 300000),
    ],
)
def test_bounds(model: type[ModelSubcontractBase], field: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        assert getattr(model.model_validate({field: value}), field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            model.model_validate({field: value})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"max_memory_mb": 16385}, "max_memory_mb is above 16384"),
        ({"hit_ratio_threshold": 0.05}, r"hit_ratio_threshold is below 0\.1"),
        (
            {"multi_level_enabled": True, "l1_cache_size": 5, "l2_cache_size": 5},
            r"l2_cache_size is not above l1_cache_size \(5\)",
        ),
    ],
)
def test_caching_rules(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message):
        ModelCachingSubcontract.model_validate(wrong)


def test_cache_levels_are_checked_when_they_are_switched_on_later() -> None:
    model = ModelCachingSubcontract(l1_cache_size=20000)
    with pytest.raises(ModelOnexError, match="l2_cache_size is not above"):
        model.multi_level_enabled = True
    assert not model.multi_level_enabled


def test_caching_takes_its_parts_as_mappings() -> None:
    model = ModelCachingSubcontract.model_validate(
        {"distribution_config": {"replication_factor": 3}, "performance_config": {}}
    )
    assert model.distribution_config is not None
    assert model.distribution_config.replication_factor == 3
    assert model.key_strategy.key_generation_method == "composite_hash"
    assert model.invalidation_policy.invalidation_strategy == "ttl_based"
    assert ModelCachingSubcontract(**model.model_dump()) == model


def test_event_types_have_to_say_something() -> None:
    model = ModelEventTypeSubcontract(
        primary_events=["stored"], event_categories=["files"], event_routing="broadcast"
    )
    assert ModelEventTypeSubcontract(**model.model_dump()) == model
    with pytest.raises(ValidationError, match="primary_events"):
        model.primary_events = []
    assert model.primary_events == ["stored"]


def test_routing_has_a_breaker_of_its_own() -> None:
    breaker = ModelRoutingSubcontract().circuit_breaker
    assert (breaker.success_threshold, breaker.timeout_ms) == (3, 60000)
    with pytest.raises(ValidationError, match="timeout_ms"):
        ModelRoutingSubcontract.model_validate({"circuit_breaker": {"timeout_ms": 999}})


def test_no_broken_rule_raises_nothing() -> None:
    raise_broken_rules("Model", [])
    with pytest.raises(ModelOnexError, match="Model: a is wrong; b is odd"):
        raise_broken_rules("Model", [BrokenRule("a", "is wrong"), BrokenRule("b", "is odd")])
