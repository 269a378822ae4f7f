"""The types of a plan's values: names, ids, texts and class references."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from carve.plan.refs import ClassRef, as_python_reads, is_name

__all__ = ["Dotted", "FilePath", "Line", "Name", "Ref", "StepId", "Text", "objection"]

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LONGEST_ID = 100


def objection(problem: str, instead: str, at: str = "") -> PydanticCustomError:
    """Return what a validator raises; `at` names the key below the value that is to blame."""
    facts = {"problem": problem, "instead": instead, "at": at}
    return PydanticCustomError("plan", "{problem}", facts)


def _name(text: str) -> str:
    if not is_name(text):
        raise objection(f"{text!r} is not a Python name", "name it without class or module")
    return as_python_reads(text)


def _step_id(text: str) -> str:
    # Evidence has a file for each step, and file systems end names at 255 bytes.
    if len(text) > _LONGEST_ID:
        begins = f"the id that begins with {text[:20]!r}"
        raise objection(f"{begins} is too long", f"{_LONGEST_ID} characters at the most")
    if not _ID.fullmatch(text):
        raise objection(
            f"{text!r} is not an id",
            "small letters, digits, '.', '_' and '-', beginning with a letter or digit",
        )
    return text


def _line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise objection("it has to fit on one line", "one sentence; the rest belongs into why")
    return text


def _dotted(text: str) -> str:
    if odd := [part for part in text.split(".") if not is_name(part)]:
        raise objection(
            f"{text!r} has {odd[0]!r} where a name has to stand", "write it as package.module"
        )
    return as_python_reads(text)


def _file_path(text: str) -> str:
    path = PurePosixPath(text)
    odd = PureWindowsPath(text).anchor or "\\" in text or text.startswith("~")
    if odd or ".." in path.parts or path.parts[:1] in ((), (".git",)) or str(path) != text:
        raise objection(
            f"{text!r} is not a plain relative path", "name it from the repository on, with '/'"
        )
    return text


def _ref(value: object) -> ClassRef:
    form = "write it as package.module:Class"
    if isinstance(value, ClassRef):
        return value
    if not isinstance(value, str):
        raise objection("it has to name a class", form)
    try:
        return ClassRef.parse(value)
    except ValueError as error:
        raise objection(str(error), form) from None


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Dotted = Annotated[str, AfterValidator(_dotted)]
FilePath = Annotated[str, AfterValidator(_file_path)]
Line = Annotated[Text, AfterValidator(_line)]
Name = Annotated[str, AfterValidator(_name)]
StepId = Annotated[str, AfterValidator(_step_id)]
Ref = Annotated[ClassRef, PlainValidator(_ref), PlainSerializer(str, return_type=str)]
