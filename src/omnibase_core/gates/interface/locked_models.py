"""Find the subcontract models whose interface is locked."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

import omnibase_core
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)

__all__ = ["FOLDER", "LockedModel", "locked_models", "package_of"]

FOLDER: Final = "models/contracts/subcontracts"
"""Where the subcontracts are in the package."""
_PREFIX: Final = "omnibase_core.models.contracts.subcontracts"


@dataclass(frozen=True, slots=True)
class LockedModel:
    """A subcontract that others write YAML for, with the type that its YAML names."""

    contract_type: str
    path: Path
    model: type[ModelSubcontractBase]


def package_of(root: Path) -> Path:
    """Return the package in a repository, or in a folder of packages, or `root` if it is one."""
    for package in (root / "src/omnibase_core", root / "omnibase_core", root):
        if (package / FOLDER).is_dir():
            return package
    raise ModelOnexError(
        f"{root} holds no omnibase_core with {FOLDER}; name a repository or a package",
        EnumCoreErrorCode.NOT_FOUND,
        file_path=str(root),
    )


def locked_models(root: Path) -> Iterator[LockedModel]:
    """Yield each model of the package at `root` that has a YAML of the same stem beside it.

    What a model in another tree than the running one imports comes from the running one.
    """
    for path in sorted((package_of(root) / FOLDER).glob("model_*_subcontract.py")):
        if path.with_suffix(".yaml").is_file():
            for model in _models(path):
                yield LockedModel(path.stem.removeprefix("model_"), path, model)


def _models(path: Path) -> Iterator[type[ModelSubcontractBase]]:
    """Yield the one model that a file defines, or nothing."""
    module = _module(path)
    for value in vars(module).values():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if isinstance(value, type) and issubclass(value, ModelSubcontractBase):
            yield value
            return


def _module(path: Path) -> ModuleType:
    running = Path(omnibase_core.__path__[0]).resolve()
    if path.resolve().is_relative_to(running):
        return importlib.import_module(f"{_PREFIX}.{path.stem}")
    name = f"_locked_{path.stem}"
    spec = importlib.util.spec_from_loader(name, _FromSource(name, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module", path=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # pydantic looks up annotations there
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module


class _FromSource(SourceFileLoader):
    """Reads the source each time: compiled files may be older and leave traces in the tree."""

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)
