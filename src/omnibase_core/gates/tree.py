"""The package that gates look at: its files, and its modules as Python sees them."""

import hashlib
import importlib
import importlib.util
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

import omnibase_core
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["Tree", "default_root"]

_NAME: Final = "omnibase_core"
_RUNNING: Final = Path(omnibase_core.__path__[0]).resolve()
_REGISTRY: Final = "mixins/mixin_metadata.yaml"


@dataclass(frozen=True, slots=True)
class Tree:
    """A package and the folder that its paths are told from.

    What a module of another tree than the running one imports comes from the running one.
    """

    root: Path
    package: Path

    @classmethod
    def at(cls, root: Path) -> "Tree":
        """Return the package in a repository or the one that `root` itself is, if it is one."""
        for package in (root / "src" / _NAME, root / _NAME, root):
            if (package / _REGISTRY).is_file():
                return cls(root, package)
        raise ModelOnexError(
            f"{root} holds no {_NAME} with a {_REGISTRY}; name a repository or a package",
            error_code=EnumCoreErrorCode.FILE_NOT_FOUND,
            file_path=str(root),
        )

    @property
    def mixins(self) -> Path:
        """The folder of the mixins and their registry."""
        return self.package / "mixins"

    @property
    def registry(self) -> Path:
        """The registry of mixins."""
        return self.package / _REGISTRY

    def shown(self, path: Path) -> str:
        """Return a path as findings name it."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def mixin(self, key: str) -> Path | None:
        """Return the module of a mixin, once it is there."""
        path = self.mixins / f"{key}.py"
        return path if path.is_file() else None

    def file_of(self, name: str) -> Path | None:
        """Return the file of a module of the package: that of this tree, else of the running."""
        top, *parts = name.split(".")
        if top != _NAME:
            return None
        for package in (self.package, _RUNNING):
            stem = package.joinpath(*parts)
            for path in (stem.with_suffix(".py"), stem / "__init__.py"):
                if path.is_file():
                    return path
        return None

    def load(self, name: str) -> ModuleType:
        """Import a module by its dotted name, whatever error that may raise."""
        path = self.file_of(name)
        if path is None or path.resolve().is_relative_to(_RUNNING):
            return importlib.import_module(name)
        return _from_source(path)


def default_root() -> Path:
    """Return the repository that the running package is part of, or the package itself."""
    above = _RUNNING.parent
    in_repository = above.name == "src" and (above.parent / "pyproject.toml").is_file()
    return above.parent if in_repository else _RUNNING


def _from_source(path: Path) -> ModuleType:
    """Run a file as a module under a name of its own."""
    mark = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    name = f"_tree_{mark}_{path.stem}"
    spec = importlib.util.spec_from_loader(name, _Source(name, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module", path=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where pydantic and inspect look a class up
    spec.loader.exec_module(module)
    return module


class _Source(SourceFileLoader):
    """Reads the source each time: compiled files may be older and leave traces in the tree."""

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)
