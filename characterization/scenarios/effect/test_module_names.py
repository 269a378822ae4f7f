"""What callers import from where they have the effect node."""

import decimal
import enum
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest

from omnibase_core.models.common.model_schema_value import ModelSchemaValue

NAMES = (
    "EnumCircuitBreakerState",
    "EnumCoreErrorCode",
    "EnumEffectType",
    "EnumTransactionState",
    "LogLevel",
    "ModelCircuitBreaker",
    "ModelEffectInput",
    "ModelEffectOutput",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelSchemaValue",
    "ModelTransaction",
    "NodeCoreBase",
    "Path",
    "_convert_to_scalar_dict",
    "emit_log_event",
)


def test_importable(subject: Any, pinned: Any) -> None:
    """Callers have these names from here, wherever they are defined."""
    found = {name: subject.named(name) for name in NAMES}
    results = [each.__name__ for each in get_args(get_args(found["ModelEffectResult"])[0])]
    pinned.check({"names": found, "kinds of result": results})


def test_imported_with_a_star(subject: Any, pinned: Any) -> None:
    """The helper for operation data has to be asked for by name."""
    own = (name for name in subject.offered if subject.named(name) is not subject.cls)
    pinned.check({"names": sorted(name for name in own if not name.startswith("_"))})


class Colour(enum.Enum):
    RED = "red"


class Size(enum.StrEnum):
    LARGE = "large"


class Odd:
    def __str__(self) -> str:
        return "an odd one"


VALUES = {
    "text": "text",
    "empty_text": "",
    "text_enum": Size.LARGE,
    "true": True,
    "false": False,
    "zero": 0,
    "whole": 42,
    "negative": -7,
    "fraction": 0.5,
    "none": None,
    "list": [1, "a", None],
    "mapping": {"a": {"b": 1}},
    "tuple": (1, 2),
    "bytes": b"raw",
    "id": UUID("00000000-0000-4000-8000-00000000000a"),
    "path": Path("shelf") / "box",
    "enum": Colour.RED,
    "decimal": decimal.Decimal("1.50"),
    "object": Odd(),
    "wrapped_none": ModelSchemaValue.from_value(None),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_scalars(subject: Any, pinned: Any, value: Any) -> None:
    """Odd but relied on: None becomes the text `null`; what is no scalar becomes its text."""
    seen = pinned.observe(lambda: subject.named("_convert_to_scalar_dict")({"value": value}))
    seen["value"] = seen.value["value"].to_value()
    seen["kind"] = type(seen.value["value"].to_value())
    pinned.check(seen)


def test_scalars_keep_names_and_order(subject: Any, pinned: Any) -> None:
    """Any key is kept, and what is handed over stays as it was."""
    given = {"b": 1, "a": None, 3: "x", None: [1]}
    seen = pinned.observe(lambda: subject.named("_convert_to_scalar_dict")(given))
    seen["names"] = list(seen.value)
    seen["given"] = given
    seen["nothing"] = subject.named("_convert_to_scalar_dict")({})
    pinned.check(seen)


class Mute:
    def __str__(self) -> str:
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    "data", [{"mute": Mute()}, {"far": 10**400}, None], ids=["no_text", "too_large", "no_mapping"]
)
def test_scalars_that_fail(subject: Any, pinned: Any, data: Any) -> None:
    """Odd: numbers travel as floats, so a whole number can be too large."""
    pinned.check(pinned.observe(lambda: subject.named("_convert_to_scalar_dict")(data)))
