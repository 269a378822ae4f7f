"""The one exception of the runtime: a message, a code, a status and any further facts."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID, uuid4

from omnibase_core.enums.enum_onex_status import EnumOnexStatus
from omnibase_core.errors.error_codes import EnumOnexErrorCode, get_exit_code_for_status

if TYPE_CHECKING:
    from omnibase_core.models.common.model_onex_error_data import _ModelOnexErrorData

_LOCATION_KEYS: Final = (
    "file_path",
    "line_number",
    "column_number",
    "function_name",
    "module_name",
    "stack_trace",
)


def _data_model() -> "type[_ModelOnexErrorData]":
    """Return the data model, which needs the codes of this package and so is imported late."""
    from omnibase_core.models.common import (  # noqa: PLC0415 - breaks the import cycle
        model_onex_error_data,
    )

    return model_onex_error_data._ModelOnexErrorData  # noqa: SLF001 - its name is a public fact


class ModelOnexError(Exception):
    """An error with a code; every further keyword argument is kept as context, as it is."""

    model: "_ModelOnexErrorData"

    def __init__(
        self,
        message: str,
        error_code: EnumOnexErrorCode | str | None = None,
        status: EnumOnexStatus = EnumOnexStatus.ERROR,
        correlation_id: UUID | None = None,
        timestamp: datetime | None = None,
        **context: Any,
    ) -> None:
        """Record the facts; a missing correlation id or timestamp is made up here."""
        super().__init__(message)
        self.model = _data_model()(
            message=message,
            error_code=error_code,
            status=status,
            correlation_id=correlation_id or uuid4(),
            timestamp=timestamp or datetime.now(UTC),
            context=context,
        )

    @property
    def message(self) -> str:
        """The text without the code."""
        return self.model.message

    @property
    def error_code(self) -> EnumOnexErrorCode | str | None:
        """The code as it was given: an enum member or plain text."""
        return self.model.error_code

    @property
    def status(self) -> EnumOnexStatus:
        """The outcome this error stands for."""
        return self.model.status

    @property
    def correlation_id(self) -> UUID | None:
        """The id that ties this error to a request."""
        return self.model.correlation_id

    @property
    def timestamp(self) -> datetime | None:
        """The moment the error was made."""
        return self.model.timestamp

    @property
    def context(self) -> dict[str, Any]:
        """A new dict: known location facts on top, the rest under `additional_context`."""
        given = self.model.context
        known = {key: given[key] for key in _LOCATION_KEYS if given.get(key) is not None}
        rest = {key: value for key, value in given.items() if key not in _LOCATION_KEYS}
        return {**known, "additional_context": rest} if rest else known

    def get_exit_code(self) -> int:
        """Return the exit code of a command that fails with this error."""
        if isinstance(self.error_code, EnumOnexErrorCode):
            return self.error_code.get_exit_code()
        return get_exit_code_for_status(self.status)

    def __str__(self) -> str:
        """Return the message, led by the code when there is one."""
        code = self.error_code
        if not code:
            return self.message
        return f"[{code.value if isinstance(code, EnumOnexErrorCode) else code}] {self.message}"

    def model_dump(self) -> dict[str, Any]:
        """Return the facts of this error as a dict."""
        return self.model.model_dump()

    def model_dump_json(self) -> str:
        """Return the facts as JSON; context that JSON does not know is given as text."""
        return self.model.model_dump_json(fallback=str)

    def to_json(self) -> str:
        """Return the facts as JSON, to be read back by `from_json`."""
        return self.model_dump_json()

    @classmethod
    def with_correlation_id(
        cls,
        message: str,
        correlation_id: UUID,
        error_code: EnumOnexErrorCode | str | None = None,
        status: EnumOnexStatus = EnumOnexStatus.ERROR,
        **context: Any,
    ) -> Self:
        """Return an error that belongs to the request `correlation_id`."""
        return cls(message, error_code, status, correlation_id, **context)

    @classmethod
    def with_new_correlation_id(
        cls,
        message: str,
        error_code: EnumOnexErrorCode | str | None = None,
        status: EnumOnexStatus = EnumOnexStatus.ERROR,
        **context: Any,
    ) -> tuple[Self, UUID]:
        """Return an error and the fresh correlation id it carries."""
        correlation_id = uuid4()
        return cls(message, error_code, status, correlation_id, **context), correlation_id

    @classmethod
    def from_exception(
        cls,
        exception: BaseException,
        error_code: EnumOnexErrorCode | str | None = None,
        status: EnumOnexStatus = EnumOnexStatus.ERROR,
        **context: Any,
    ) -> Self:
        """Return an error with the text of another exception."""
        return cls(str(exception), error_code, status, **context)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the error that `model_dump` described."""
        return cls._from_data(_data_model().model_validate(data))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the error that `to_json` described; its code is plain text."""
        return cls._from_data(_data_model().model_validate_json(text))

    @classmethod
    def _from_data(cls, data: "_ModelOnexErrorData") -> Self:
        return cls(
            data.message,
            data.error_code,
            data.status,
            data.correlation_id,
            data.timestamp,
            **data.context,
        )

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of what `to_json` writes."""
        return _data_model().model_json_schema()


__all__ = ["ModelOnexError"]
