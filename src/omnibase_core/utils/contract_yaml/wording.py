"""Say in plain words what pydantic, or a rule of a model, found wrong with a document."""

import reprlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_error_context import ModelErrorContext
from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.places import Steps, dotted
from omnibase_core.utils.contract_yaml.problems import Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["rule_problems", "type_problems"]

_BOUNDS: Final = {
    "greater_than_equal": ("ge", "write {} or more"),
    "greater_than": ("gt", "write more than {}"),
    "less_than_equal": ("le", "write {} or less"),
    "less_than": ("lt", "write less than {}"),
    "multiple_of": ("multiple_of", "write a multiple of {}"),
    "literal_error": ("expected", "write {}"),
    "enum": ("expected", "write {}"),
}
_WANTED: Final = (
    (("bool_",), "true or false", "write true or false"),
    (("int_",), "a whole number", "write a whole number"),
    (("float_", "decimal_"), "a number", "write a number"),
    (("string_type",), "text", "put it in quotes"),
    (("list_type", "tuple_type", "set_type"), "a list", "write a list"),
    (
        ("dict_type", "mapping_type", "model_type", "model_attributes_type"),
        "a mapping",
        "indent keys below it",
    ),
)
_KINDS: Final = {list: "a list", dict: "a mapping", type(None): "empty", str: "the text "}


def type_problems(error: ValidationError, document: Document, base: Steps) -> Iterator[Problem]:
    """Yield each error of a model that was built from what stands at `base`."""
    for one in error.errors(include_url=False):
        yield _told(one, document, base)


def _told(error: "ErrorDetails", document: Document, base: Steps) -> Problem:
    steps = (*base, *error["loc"])
    if error["type"] == "missing":
        key = str(steps[-1])
        inside = f" in {dotted(steps[:-1])}" if steps[:-1] else ""
        return Problem(
            document.where_key(steps[:-1]),
            f"the key {key!r} is missing{inside}",
            f"add {key}: ...",
        )
    if error["type"] == "extra_forbidden":
        return Problem(document.where_key(steps), f"unknown key {dotted(steps)}", "remove it")
    what, instead = _objection(error)
    return Problem(document.where(steps), f"{dotted(steps) or 'the document'} {what}", instead)


def _objection(error: "ErrorDetails") -> tuple[str, str]:
    kind, facts, value = error["type"], error.get("ctx", {}), _kind_of(error["input"])
    if kind in _BOUNDS:
        name, instead = _BOUNDS[kind]
        return f"is {value}", instead.format(facts.get(name))
    if kind in ("too_short", "string_too_short"):
        return "is too short", f"write at least {facts['min_length']}"
    if kind in ("too_long", "string_too_long"):
        return "is too long", f"write at most {facts['max_length']}"
    for starts, wanted, instead in _WANTED:
        if kind.startswith(starts):
            return f"has to be {wanted}, and is {value}", instead
    message = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"is {value}: {message}", "write a value that fits"


def _kind_of(value: object) -> str:
    if isinstance(value, str):
        return f"the text {reprlib.repr(value)}"
    if isinstance(value, bool):
        return str(value).lower()
    return _KINDS.get(type(value)) or reprlib.repr(value)


def rule_problems(error: ModelOnexError, document: Document, base: Steps) -> Iterator[Problem]:
    """Yield each rule between fields that does not hold, at the field that it names."""
    facts = _facts_of(error)
    code = error.error_code
    code = code if isinstance(code, EnumCoreErrorCode) else EnumCoreErrorCode.VALIDATION_ERROR
    fields, problems = facts.get("fields"), facts.get("problems")
    if not (isinstance(fields, list) and isinstance(problems, list) and fields):
        fields, problems = [facts.get("field")], [None]
    for field, problem in zip(fields, problems, strict=False):
        steps = _steps_to(field, document.data, base)
        named = steps if steps[-1:] == (field,) else (*base, str(field))
        what = error.message if problem is None else f"{dotted(named)} {problem}"
        yield Problem(document.where(steps), what, _remedy(field), code)


def _remedy(field: object) -> str:
    return f"change {field}" if isinstance(field, str) else "change one of the fields it names"


def _facts_of(error: ModelOnexError) -> dict[str, Any]:
    details = error.model.context.get("details")
    return details.to_simple_context() if isinstance(details, ModelErrorContext) else {}


def _steps_to(field: object, data: object, base: Steps) -> Steps:
    """Return the way to a field: at `base`, or at the one place deeper where its name stands."""
    for step in base:
        data = data[step] if isinstance(data, dict) and step in data else None
    if not isinstance(field, str) or (isinstance(data, dict) and field in data):
        return (*base, field) if isinstance(field, str) else base
    found = list(_named(field, data, base))
    return found[0] if len(found) == 1 else base


def _named(field: str, data: object, steps: Steps) -> Iterator[Steps]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == field:
                yield (*steps, key)
            yield from _named(field, value, (*steps, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _named(field, value, (*steps, index))
