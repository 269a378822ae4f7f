"""A number that remembers whether it was an integer."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_numeric_type import EnumNumericType


class ModelNumericValue(BaseModel):
    """A number kept as float: integers beyond 2**53 lose digits, huge ones are refused."""

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)

    value: float = Field(description="The number as float")
    value_type: EnumNumericType = Field(description="What the number was given as")
    is_validated: bool = Field(default=False, description="Whether a factory made it")
    source: str | None = Field(default=None, description="Where the number came from")

    @classmethod
    def from_int(cls, value: int, source: str | None = None) -> Self:
        """Return the value of an integer."""
        return cls(
            value=float(value),
            value_type=EnumNumericType.INTEGER,
            is_validated=True,
            source=source,
        )

    @classmethod
    def from_float(cls, value: float, source: str | None = None) -> Self:
        """Return the value of a float."""
        return cls(value=value, value_type=EnumNumericType.FLOAT, is_validated=True, source=source)

    @classmethod
    def from_numeric(cls, value: float, source: str | None = None) -> Self:
        """Return the value of a number; ints are recognised as integers."""
        if isinstance(value, int):
            return cls.from_int(value, source)
        return cls.from_float(value, source)

    def as_int(self) -> int:
        """Return the number cut to an integer."""
        return int(self.value)

    def as_float(self) -> float:
        """Return the number as float."""
        return self.value

    def to_python_value(self) -> int | float:
        """Return an int for integers, else the float."""
        if self.value_type is EnumNumericType.INTEGER:
            return int(self.value)
        return self.value

    def __eq__(self, other: object) -> bool:
        """Compare by number alone, so that 1 equals 1.0."""
        number = _number_of(other)
        return NotImplemented if number is None else self.value == number

    __hash__ = None  # type: ignore[assignment]  # values are mutable

    def __lt__(self, other: object) -> bool:
        """Compare by number alone."""
        number = _number_of(other)
        return NotImplemented if number is None else self.value < number

    def __le__(self, other: object) -> bool:
        """Compare by number alone."""
        number = _number_of(other)
        return NotImplemented if number is None else self.value <= number

    def __gt__(self, other: object) -> bool:
        """Compare by number alone."""
        number = _number_of(other)
        return NotImplemented if number is None else self.value > number

    def __ge__(self, other: object) -> bool:
        """Compare by number alone."""
        number = _number_of(other)
        return NotImplemented if number is None else self.value >= number


def _number_of(other: object) -> float | None:
    """Return the number to compare with, None when `other` is none."""
    if isinstance(other, ModelNumericValue):
        return other.value
    return other if isinstance(other, int | float) else None


__all__ = ["ModelNumericValue"]
