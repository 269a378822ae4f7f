"""An effect result that is text."""

from typing import Literal

from pydantic import BaseModel


class ModelEffectResultStr(BaseModel):
    """Text, told apart by the text `str`."""

    result_type: Literal["str"] = "str"
    value: str
