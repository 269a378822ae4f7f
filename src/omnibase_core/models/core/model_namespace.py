"""The name under which a described thing is known everywhere."""

from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, Field, model_validator

_SCHEMES: Final = MappingProxyType({"py": "python", "md": "markdown", "yml": "yaml"})


def _with_full_scheme(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    return f"{_SCHEMES.get(scheme, scheme)}{separator}{rest}" if separator else value


class ModelNamespace(BaseModel):
    """A text such as `python://omnibase.tools.x`; the schemes py, md and yml are spelt out."""

    value: Annotated[str, AfterValidator(_with_full_scheme)] = Field(
        min_length=1, description="The name with its scheme"
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str) else value

    def __str__(self) -> str:
        """Return the name."""
        return self.value


__all__ = ["ModelNamespace"]
