"""How large a document may be before reading stops."""

from dataclasses import dataclass
from typing import Final

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["DEFAULT_LIMITS", "Limits"]

_DEEPEST: Final = 100  # reading recurses, and Python's stack is shared with the caller


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one document with everything that its aliases and references stand for."""

    file_bytes: int = 1 << 20
    """Size of each file; it is looked at before the file is read."""
    nodes: int = 100_000
    """Values and keys, each alias and reference counted as what it stands for."""
    depth: int = 64
    """Levels of lists and mappings in each other, at most 100."""
    files: int = 100
    """Files that are read, the document itself included."""

    def __post_init__(self) -> None:
        """Refuse limits that allow nothing, or more than can be kept."""
        for name in self.__slots__:
            most = _DEEPEST if name == "depth" else None
            value = getattr(self, name)
            if value < 1 or (most is not None and value > most):
                wanted = "at least 1" if most is None else f"between 1 and {most}"
                raise ModelOnexError(
                    f"limit {name!r} is {value}; choose a number {wanted}",
                    EnumCoreErrorCode.VALIDATION_ERROR,
                )


DEFAULT_LIMITS: Final = Limits()
