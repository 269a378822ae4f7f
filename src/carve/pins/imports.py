"""Who asks for a module while scenarios run: an import is noted, and goes on as it would.

Imports are seen where they happen, also those that a handler hides. What a subprocess of a
scenario imports is not seen.
"""

import importlib.abc
import inspect
import json
import os
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType

import pytest

from carve.errors import CarveError
from carve.pins.names import scenario_id

__all__ = ["Import", "ImportRequest", "Lookout"]

_ENGINE = str(Path(__file__).parents[1]) + os.sep
_MACHINERY = ("<frozen importlib", f"{os.sep}importlib{os.sep}")


@dataclass(frozen=True, slots=True)
class Import:
    """Somebody asked for a module, at a line, in a scenario; else while it was collected."""

    module: str
    file: str
    line: int
    scenario: str


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Where to note who imports any of the modules, or a module in one of them."""

    data_file: Path
    modules: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "ImportRequest":
        """Return the request written as `FILE=MODULE[,MODULE...]`."""
        data_file, equals, names = text.partition("=")
        modules = tuple(name for name in names.split(",") if name)
        if not equals or not data_file or not modules:
            raise CarveError(f"--pin-imports {text!r} is not FILE=MODULE[,MODULE...]")
        return cls(Path(data_file).resolve(), modules)

    def __str__(self) -> str:
        """Return the request as the option's value."""
        return f"{self.data_file.resolve()}={','.join(self.modules)}"

    def found(self) -> tuple[Import, ...]:
        """Return what has been noted, each place and scenario once."""
        if not self.data_file.is_file():
            return ()
        lines = self.data_file.read_text(encoding="utf-8").splitlines()
        return tuple(dict.fromkeys(Import(**json.loads(line)) for line in lines))


class Lookout(importlib.abc.MetaPathFinder):
    """Stands in front of all finders, finds nothing itself, and notes who asked."""

    def __init__(self, request: ImportRequest) -> None:
        """Look out from now on."""
        self._modules = request.modules
        # Open before any scenario: inside of one nothing can be opened for writing.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._file = os.open(request.data_file, flags, 0o600)
        self._seen: set[Import] = set()
        sys.meta_path.insert(0, self)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the protocol's signature
        target: ModuleType | None = None,  # noqa: ARG002 - the protocol's signature
    ) -> ModuleSpec | None:
        """Note the import if it is one of those looked out for.

        That the engine itself looks for a subject does not count: whether it is there is for the
        pins to say.
        """
        if self._meant(fullname) and not (place := _importer())[0].startswith(_ENGINE):
            self._note(fullname, place)
        return None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note a module that stands ready-made in `sys.modules`: no finder is asked for that."""
        try:
            return (yield)
        finally:
            for name in [each for each in sys.modules if self._meant(each)]:
                self._note(name, (str(item.path), 1))

    def _meant(self, name: str) -> bool:
        return any(name == each or name.startswith(f"{each}.") for each in self._modules)

    def _note(self, module: str, place: tuple[str, int]) -> None:
        node = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
        found = Import(module, *place, scenario_id(node) or "")
        if found not in self._seen:
            self._seen.add(found)
            facts = {name: getattr(found, name) for name in Import.__slots__}
            os.write(self._file, f"{json.dumps(facts)}\n".encode())


def _importer() -> tuple[str, int]:
    """Return the file and line of the import that is under way."""
    frame: FrameType | None = inspect.currentframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if file != __file__ and not any(each in file for each in _MACHINERY):
            return file, frame.f_lineno
        frame = frame.f_back
    return "", 0
