"""What the parts of a plan share: they are frozen, take no unknown keys, and compare by value."""

from pydantic import BaseModel, ConfigDict

__all__ = ["Part"]


class Part(BaseModel):
    """Frozen, without unknown keys, and equal when the fields are: positions do not count."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=True
    )

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same fields."""
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash((type(self), *self.__dict__.values()))

    @classmethod
    def key_of(cls, field: str) -> str:
        """Return the key under which `field` stands in a file."""
        known = cls.model_fields.get(field)
        return known.alias if known is not None and known.alias else field

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys that may stand in a file."""
        return tuple(cls.key_of(field) for field in cls.model_fields)
