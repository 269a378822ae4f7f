"""An error keeps what it was given and can be written down and read back."""

import pickle
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, ValidationError, field_validator

from omnibase_core.enums.enum_onex_status import EnumOnexStatus
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

CODE = EnumCoreErrorCode.NOT_FOUND


def test_message_alone_is_enough() -> None:
    error = ModelOnexError("lost")
    assert error.args == ("lost",)
    assert str(error) == "lost"
    assert error.message == "lost"
    assert error.error_code is None
    assert error.status is EnumOnexStatus.ERROR
    assert error.context == {}
    assert isinstance(error.correlation_id, UUID)
    assert error.timestamp is not None
    assert error.timestamp.tzinfo is UTC


def test_correlation_ids_are_fresh() -> None:
    assert ModelOnexError("a").correlation_id != ModelOnexError("a").correlation_id


@pytest.mark.parametrize(
    ("code", "text"),
    [(CODE, "[ONEX_CORE_028_NOT_FOUND] lost"), ("MINE_1", "[MINE_1] lost")],
)
def test_code_leads_the_text_and_keeps_its_type(code: EnumCoreErrorCode | str, text: str) -> None:
    error = ModelOnexError("lost", code)
    assert str(error) == text
    assert error.error_code is code
    assert type(error.error_code) is type(code)


def test_plain_text_that_spells_a_code_stays_text() -> None:
    assert type(ModelOnexError("lost", CODE.value).error_code) is str


def test_known_location_facts_come_first_and_the_rest_below() -> None:
    error = ModelOnexError("x", retries=3, line_number=7, file_path="a.py", stack_trace=None)
    assert error.context == {
        "file_path": "a.py",
        "line_number": 7,
        "additional_context": {"retries": 3},
    }
    assert list(error.context) == ["file_path", "line_number", "additional_context"]


def test_location_facts_alone_have_no_additional_context() -> None:
    assert ModelOnexError("x", module_name="m").context == {"module_name": "m"}


def test_context_details_and_cause_are_ordinary_keywords() -> None:
    cause = KeyError("k")
    error = ModelOnexError("x", context={"a": 1}, details={"b": 2}, cause=cause)
    extra = error.context["additional_context"]
    assert extra == {"context": {"a": 1}, "details": {"b": 2}, "cause": cause}
    assert extra["cause"] is cause
    assert error.__cause__ is None


def test_context_is_a_new_dict_each_time() -> None:
    error = ModelOnexError("x", a=1)
    error.context["additional_context"]["a"] = 2
    assert error.context == {"additional_context": {"a": 1}}


def test_facts_are_read_only() -> None:
    with pytest.raises(AttributeError, match="message"):
        ModelOnexError("x").message = "y"  # type: ignore[misc]


def test_message_must_be_text() -> None:
    with pytest.raises(ValidationError, match="message"):
        ModelOnexError(404)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (ModelOnexError("x"), 1),
        (ModelOnexError("x", status=EnumOnexStatus.SKIPPED), 4),
        (ModelOnexError("x", "MINE", status=EnumOnexStatus.INFO), 6),
        (ModelOnexError("x", EnumCoreErrorCode.DUPLICATE_REGISTRATION), 2),
        (ModelOnexError("x", CODE, status=EnumOnexStatus.SUCCESS), 1),
    ],
)
def test_exit_code_comes_from_the_code_else_from_the_status(
    error: ModelOnexError, exit_code: int
) -> None:
    assert error.get_exit_code() == exit_code


def test_it_escapes_unchanged_from_a_pydantic_validator() -> None:
    class Picky(BaseModel):
        value: int

        @field_validator("value")
        @classmethod
        def refuse(cls, value: int) -> int:
            raise ModelOnexError(f"never {value}")

    with pytest.raises(ModelOnexError, match="never 1"):
        Picky(value=1)


def test_factories_set_the_correlation_id() -> None:
    known = uuid4()
    assert ModelOnexError.with_correlation_id("x", known, CODE, a=1).correlation_id == known
    error, fresh = ModelOnexError.with_new_correlation_id("x", CODE)
    assert error.correlation_id == fresh


def test_from_exception_takes_its_text() -> None:
    error = ModelOnexError.from_exception(OSError("disk full"), CODE, EnumOnexStatus.WARNING, a=1)
    assert (error.message, error.error_code, error.status) == (
        "disk full",
        CODE,
        EnumOnexStatus.WARNING,
    )
    assert error.context == {"additional_context": {"a": 1}}


def test_dict_round_trip_keeps_everything() -> None:
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    error = ModelOnexError("x", CODE, EnumOnexStatus.WARNING, uuid4(), stamp, line_number=3, a=1)
    assert ModelOnexError.from_dict(error.model_dump()).model == error.model


def test_json_round_trip_gives_the_code_as_text() -> None:
    error = ModelOnexError("x", CODE, a=[1, "b"], file_path="f")
    back = ModelOnexError.from_json(error.to_json())
    assert str(back) == str(error)
    assert back.error_code == CODE.value
    assert back.context == error.context
    assert back.correlation_id == error.correlation_id
    assert back.timestamp == error.timestamp


def test_json_gives_unknown_context_as_text() -> None:
    error = ModelOnexError("x", cause=OSError("disk full"))
    assert '"cause":"disk full"' in error.model_dump_json()


def test_schema_names_the_fields() -> None:
    assert list(ModelOnexError.model_json_schema()["properties"]) == [
        "message",
        "error_code",
        "status",
        "correlation_id",
        "timestamp",
        "context",
    ]


def test_it_survives_pickling() -> None:
    error = ModelOnexError("x", CODE, a=1)
    assert pickle.loads(pickle.dumps(error)).model == error.model  # noqa: S301 - own data
