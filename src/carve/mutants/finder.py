"""Imports the instrumented copy where the module under test is asked for."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Protocol

import pytest

from carve.mutants.plant import SWITCH, plant
from carve.source.text import Source

__all__ = ["Host", "install"]


class Host(Protocol):
    """Who is asked which mutant is awake."""

    awake: int

    def before_import(self) -> None:
        """Do what has to be done just before the module is imported for the first time."""

    def import_failed(self) -> None:
        """Take note of an import that ends in an error."""


def install(host: Host, module: str, file: str) -> None:
    """Let `module` be imported from `file` with its mutants planted."""
    if module in sys.modules:
        raise pytest.UsageError(f"{module} is used by what runs the pins, so it is loaded already")
    sys.meta_path.insert(0, _Finder(host, module, file))


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, host: Host, module: str, file: str) -> None:
        self._module, self._file = module, file
        self._loader = _Loader(host, module, file)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the protocol's signature
        target: ModuleType | None = None,  # noqa: ARG002 - the protocol's signature
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for the one module under test."""
        if fullname != self._module:
            return None
        package = Path(self._file).name == "__init__.py"
        return importlib.util.spec_from_file_location(
            fullname,
            self._file,
            loader=self._loader,
            submodule_search_locations=[str(Path(self._file).parent)] if package else None,
        )


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles the instrumented tree; no bytecode is read or written."""

    def __init__(self, host: Host, module: str, file: str) -> None:
        super().__init__(module, file)
        self._host = host
        self._code: CodeType | None = None

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, each mutant that the import can wake in a process of its own."""
        self.get_code(module.__name__)
        self._host.before_import()
        module.__dict__[SWITCH] = self._host.awake
        try:
            super().exec_module(module)
        except BaseException:
            self._host.import_failed()
            raise

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the protocol's signature
        """Return the code of the module with all mutants asleep."""
        if self._code is None:
            source = Source.decode(self.path, Path(self.path).read_bytes())
            self._code = compile(plant(source).tree, self.path, "exec", dont_inherit=True)
        return self._code
