"""A model on which a failed assignment changes nothing."""

from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ["ModelAtomicAssignment"]


class ModelAtomicAssignment(BaseModel):
    """Base of models whose rules compare fields.

    Pydantic runs such a rule after it has stored the new value and leaves it there when the rule
    objects; here the object is put back as it was.
    """

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a field and check the model, or raise and change nothing."""
        fields, given = dict(self.__dict__), set(self.__pydantic_fields_set__)
        try:
            super().__setattr__(name, value)
        except BaseException:
            object.__setattr__(self, "__dict__", fields)
            object.__setattr__(self, "__pydantic_fields_set__", given)
            raise
