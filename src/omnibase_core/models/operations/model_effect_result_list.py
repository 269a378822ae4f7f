"""An effect result that is a list."""

from typing import Any, Literal

from pydantic import BaseModel


class ModelEffectResultList(BaseModel):
    """A list, told apart by the text `list[Any]`."""

    result_type: Literal["list[Any]"] = "list[Any]"
    value: list[Any]
