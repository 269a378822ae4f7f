"""An effect result that is a mapping with text keys."""

from typing import Any, Literal

from pydantic import BaseModel


class ModelEffectResultDict(BaseModel):
    """A mapping, told apart by the text `dict[str, Any]`."""

    result_type: Literal["dict[str, Any]"] = "dict[str, Any]"
    value: dict[str, Any]
