"""Semantic versions that can be compared, hashed and bumped."""

import re
from functools import total_ordering
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

_NUMBER = r"(0|[1-9][0-9]*)"
_PREFIX: Final = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")


@total_ordering
class ModelSemVer(BaseModel):
    """An immutable `major.minor.patch`; a field of this type takes a mapping, never a text."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    major: int = Field(ge=0, description="Raised by a breaking change")
    minor: int = Field(ge=0, description="Raised by an addition")
    patch: int = Field(ge=0, description="Raised by a correction")

    @classmethod
    def parse(cls, text: str) -> "ModelSemVer":
        """Return the version that `text` starts with."""
        return parse_semver_from_string(text)

    def to_string(self) -> str:
        """Return `major.minor.patch`."""
        return f"{self.major}.{self.minor}.{self.patch}"

    def is_prerelease(self) -> bool:
        """Return False: suffixes are not kept."""
        return False

    def bump_major(self) -> "ModelSemVer":
        """Return the next major version."""
        return ModelSemVer(major=self.major + 1, minor=0, patch=0)

    def bump_minor(self) -> "ModelSemVer":
        """Return the next minor version."""
        return ModelSemVer(major=self.major, minor=self.minor + 1, patch=0)

    def bump_patch(self) -> "ModelSemVer":
        """Return the next patch version."""
        return ModelSemVer(major=self.major, minor=self.minor, patch=self.patch + 1)

    def _key(self) -> tuple[int, int, int]:
        return (self.major, self.minor, self.patch)

    def __str__(self) -> str:
        """Return `major.minor.patch`."""
        return self.to_string()

    def __eq__(self, other: object) -> bool:
        """Compare with another version; anything else is unequal."""
        return isinstance(other, ModelSemVer) and self._key() == other._key()

    def __lt__(self, other: object) -> bool:
        """Order by major, then minor, then patch."""
        return self._key() < other._key() if isinstance(other, ModelSemVer) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the three numbers."""
        return hash(self._key())


SemVerField = ModelSemVer


def parse_semver_from_string(text: str) -> ModelSemVer:
    """Return the version that `text` starts with; what follows is ignored."""
    found = _PREFIX.match(text)
    if found is None:
        raise ModelOnexError(
            f"Invalid semantic version format: {text}", EnumCoreErrorCode.VALIDATION_ERROR
        )
    major, minor, patch = map(int, found.groups())
    return ModelSemVer(major=major, minor=minor, patch=patch)


__all__ = ["ModelSemVer", "SemVerField", "parse_semver_from_string"]
