"""An effect result that is a yes or a no."""

from typing import Literal

from pydantic import BaseModel


class ModelEffectResultBool(BaseModel):
    """A yes or a no, told apart by the text `bool`."""

    result_type: Literal["bool"] = "bool"
    value: bool
