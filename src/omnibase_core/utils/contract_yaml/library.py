"""The files of one document: each is read once, and none from outside the root."""

import os
from pathlib import Path

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.utils.contract_yaml.files import read_text
from omnibase_core.utils.contract_yaml.limits import Limits
from omnibase_core.utils.contract_yaml.locations import OutsideRoot, real_path
from omnibase_core.utils.contract_yaml.nodes import Node
from omnibase_core.utils.contract_yaml.parser import parse
from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.problems import Problem, refusal
from omnibase_core.utils.contract_yaml.reader import compose

__all__ = ["Library", "TooManyFiles"]


class TooManyFiles(ValueError):  # noqa: N818 - it says what was found
    """A document consists of more files than its limits allow."""


class Library:
    """Reads the files below a root."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Read nothing yet."""
        self.root = root
        self.limits = limits
        self._trees: dict[str, Node] = {}

    def open_main(self, path: Path, *, outside: bool) -> str:
        """Read the document itself, and return its name below the root.

        Unless it may lie `outside`, as a link may when nobody named a root, it must not.
        """
        file = path.name if outside else self._name_of(path)
        self._trees[file] = self._read(path, path.as_posix())
        return file

    def tree(self, file: str) -> Node:
        """Return the tree of a file; OSError, ValueError or ModelOnexError say why not."""
        if file not in self._trees:
            if len(self._trees) >= self.limits.files:
                raise TooManyFiles(f"more than {self.limits.files} files belong to the document")
            path = real_path(self.root, file)
            if not os.path.lexists(path):
                raise FileNotFoundError(file)
            self._trees[file] = self._read(path, (self.root / file).as_posix())
        return self._trees[file]

    def siblings(self, file: str) -> list[str]:
        """Return the names of the YAML files next to `file`, with its folder in front."""
        try:
            names = sorted(path.name for path in (self.root / file).parent.iterdir())
        except OSError:
            return []
        found = [name for name in names if name.endswith((".yaml", ".yml"))]
        return [(Path(file).parent / name).as_posix() for name in found]

    def _read(self, path: Path, name: str) -> Node:
        text = read_text(path, name, self.limits.file_bytes)
        return compose(text, name, self.limits, parse(text))

    def _name_of(self, path: Path) -> str:
        try:
            for way in (os.path.abspath, os.path.realpath):
                if Path(way(path)).is_relative_to(way(self.root)):
                    file = Path(way(path)).relative_to(way(self.root)).as_posix()
                    real_path(self.root, file)
                    return file
            raise OutsideRoot(f"the file lies outside the root {self.root.as_posix()!r}")
        except (OSError, ValueError) as error:
            code = EnumCoreErrorCode.FILE_READ_ERROR
            problem = Problem(
                Place(path.as_posix()), str(error), "name a file below the root", code
            )
            raise refusal([problem]) from None
