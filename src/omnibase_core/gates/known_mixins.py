"""The list of the mixins that belong to the runtime, which the registry is held against."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.tree import Tree
from omnibase_core.utils.contract_yaml import Document, read_document

__all__ = ["FILE", "KnownMixins", "read_known_mixins"]

FILE: Final = "known_mixins.yaml"
"""The file among the mixins."""


class KnownMixins(BaseModel):
    """Names of classes, or functions, by module: with an entry of their own, and exempt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Mapping[str, str] = Field(description="Mixins that have settings")
    infrastructure: Mapping[str, str] = Field(description="Mixins that have none")

    def sections(self) -> dict[Literal["features", "infrastructure"], Mapping[str, str]]:
        """Return both halves by their names."""
        return {"features": self.features, "infrastructure": self.infrastructure}


def read_known_mixins(tree: Tree) -> tuple[KnownMixins, Document]:
    """Return the list of a tree and where its parts stand; ModelOnexError says why not."""
    path: Path = tree.mixins / FILE
    document = read_document(path)
    try:
        return KnownMixins.model_validate(document.data), document
    except ValidationError as error:
        raise ModelOnexError(
            f"{path}: not a list of mixins by section: {error.errors()[0]['msg']}",
            error_code=EnumCoreErrorCode.VALIDATION_ERROR,
            file_path=str(path),
            cause=error,
        ) from error
