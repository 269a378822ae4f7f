"""What effect inputs, outputs and results accept, and what they fill in."""

from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, Tag, TypeAdapter, ValidationError

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations import (
    EffectResultDiscriminator,
    ModelEffectInput,
    ModelEffectOutput,
    ModelEffectResultBool,
    ModelEffectResultDict,
    ModelEffectResultList,
    ModelEffectResultStr,
    get_effect_result_discriminator,
)


def effect_input(**fields: Any) -> ModelEffectInput:
    return ModelEffectInput(
        **{"effect_type": EnumEffectType.API_CALL, "operation_data": {}, **fields}
    )


def effect_output(**fields: Any) -> ModelEffectOutput:
    required = {
        "result": ModelEffectResultStr(value="done"),
        "operation_id": uuid4(),
        "effect_type": EnumEffectType.API_CALL,
        "transaction_state": EnumTransactionState.COMMITTED,
        "processing_time_ms": 1.5,
    }
    return ModelEffectOutput(**{**required, **fields})


def test_an_input_has_safeguards_by_default() -> None:
    order = effect_input()
    assert isinstance(order.operation_id, UUID)
    assert (order.transaction_enabled, order.retry_enabled) == (True, True)
    assert (order.max_retries, order.retry_delay_ms, order.timeout_ms) == (3, 1000, 30000)
    assert order.circuit_breaker_enabled is False
    assert order.metadata == {}
    assert order.timestamp.tzinfo is None


def test_two_inputs_share_neither_id_nor_metadata() -> None:
    one, other = effect_input(), effect_input()
    assert one.operation_id != other.operation_id
    assert one.metadata is not other.metadata


def test_an_input_takes_wrapped_values_and_rejects_raw_ones() -> None:
    wrapped = ModelSchemaValue.from_value("a")
    order = effect_input(operation_data={"one": wrapped, "two": {"value_type": "null"}})
    assert order.operation_data["one"].to_value() == "a"
    assert order.operation_data["two"].to_value() is None
    with pytest.raises(ValidationError, match="ModelSchemaValue"):
        effect_input(operation_data={"one": "a"})


def test_an_unknown_effect_type_is_refused_by_naming_the_enum() -> None:
    with pytest.raises(ValidationError, match="enum"):
        effect_input(effect_type="telepathy")


@pytest.mark.parametrize("field", ["effect_type", "operation_data"])
def test_an_input_without_a_required_field_is_refused(field: str) -> None:
    fields: dict[str, Any] = {"effect_type": EnumEffectType.API_CALL, "operation_data": {}}
    del fields[field]
    with pytest.raises(ValidationError, match=field):
        ModelEffectInput(**fields)


def test_an_input_is_not_checked_again_on_assignment() -> None:
    order = effect_input(unheard_of=1)
    order.max_retries = -1
    assert order.max_retries == -1
    assert not hasattr(order, "unheard_of")


def test_an_output_starts_with_nothing_to_report() -> None:
    output = effect_output()
    assert output.retry_count == 0
    assert (output.side_effects_applied, output.rollback_operations) == ([], [])
    assert output.metadata == {}
    assert output.timestamp.tzinfo is None


@pytest.mark.parametrize(
    ("model", "kind", "value"),
    [
        (ModelEffectResultDict, "dict[str, Any]", {"a": 1}),
        (ModelEffectResultBool, "bool", True),
        (ModelEffectResultStr, "str", "text"),
        (ModelEffectResultList, "list[Any]", [1, "a"]),
    ],
)
def test_a_result_is_told_apart_by_its_kind(
    model: type[BaseModel], kind: str, value: object
) -> None:
    output = effect_output(result={"result_type": kind, "value": value})
    assert type(output.result) is model
    assert output.result.value == value
    assert model.model_validate({"value": value}).model_dump() == {
        "result_type": kind,
        "value": value,
    }


def test_a_mapping_without_a_kind_is_no_result_of_an_output() -> None:
    with pytest.raises(ValidationError, match="result_type"):
        effect_output(result={"value": {"a": 1}})


def test_a_dict_result_has_text_keys() -> None:
    with pytest.raises(ValidationError, match="valid string"):
        ModelEffectResultDict.model_validate({"value": {1: "a"}})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"result_type": "bool"}, "bool"),
        ({}, "dict[str, Any]"),
        (ModelEffectResultList(value=[]), "list[Any]"),
        (SimpleNamespace(result_type="str"), "str"),
        (object(), "dict[str, Any]"),
    ],
)
def test_the_kind_of_a_value_defaults_to_a_mapping(value: object, kind: str) -> None:
    assert get_effect_result_discriminator(value) == kind


def test_the_discriminator_names_its_own_error() -> None:
    tagged = Annotated[
        Annotated[ModelEffectResultStr, Tag("str")]
        | Annotated[ModelEffectResultDict, Tag("dict[str, Any]")],
        EffectResultDiscriminator,
    ]
    adapter: TypeAdapter[Any] = TypeAdapter(tagged)
    assert adapter.validate_python({"value": {}}) == ModelEffectResultDict(value={})
    with pytest.raises(ValidationError, match="effect_result_discriminator"):
        adapter.validate_python({"result_type": "smell", "value": ""})
