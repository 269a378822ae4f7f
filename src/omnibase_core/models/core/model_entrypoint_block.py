"""Where the code of a described thing starts."""

from typing import Any

from pydantic import BaseModel, Field, model_validator


class ModelEntrypointBlock(BaseModel):
    """A kind of code and its place; `type://target` is read as well."""

    type: str = Field(min_length=1, description="The kind of code, such as python")
    target: str = Field(min_length=1, description="Where it is")

    @model_validator(mode="before")
    @classmethod
    def _from_uri(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        kind, _, target = value.partition("://")
        return {"type": kind, "target": target}

    def to_uri(self) -> str:
        """Return `type://target`."""
        return f"{self.type}://{self.target}"
