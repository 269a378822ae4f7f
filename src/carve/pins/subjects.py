"""The class under test by role, as `subjects.yaml` names it for before and after."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carve.errors import CarveError, Place
from carve.pins.store import load_plain

__all__ = ["FILE", "Subject", "Subjects"]

FILE = "subjects.yaml"


@dataclass(frozen=True, slots=True)
class Subject:
    """The class under test, the module it is referred to by, and its name."""

    cls: Any
    module: Any
    name: str


class Subjects:
    """Loads each role's class once."""

    def __init__(self, folder: Path, side: str) -> None:
        """Take the folder of `subjects.yaml` and the side (`before` or `after`)."""
        self._path = folder / FILE
        self._side = side
        self._loaded: dict[str, Subject] = {}

    def load(self, role: str) -> Subject:
        """Return the subject of `role`; CarveError says which reference cannot be used and why."""
        if role not in self._loaded:
            self._loaded[role] = self._load(role)
        return self._loaded[role]

    def lacks(self, role: str) -> bool:
        """Tell whether the role has no class on this side, as it is not taken apart yet."""
        known = load_plain(self._path) if self._path.exists() else None
        sides = known.get(role) if isinstance(known, dict) else None
        return isinstance(sides, dict) and bool(sides) and self._side not in sides

    def _load(self, role: str) -> Subject:
        reference = self._reference(role)
        module_name, _, name = reference.partition(":")
        where = f"{FILE} says {role}.{self._side} is {reference!r}"
        try:
            module = importlib.import_module(module_name)
        except (Exception, SystemExit) as error:  # whatever an import may raise
            cause = f"{type(error).__name__}: {error}"
            raise CarveError(
                f"{where}, which cannot be imported: {cause}", where=Place(str(self._path))
            ) from error
        if not hasattr(module, name):
            raise CarveError(
                f"{where}, but the module has no {name!r}", where=Place(str(self._path))
            )
        return Subject(getattr(module, name), module, name)

    def _reference(self, role: str) -> str:
        place = Place(str(self._path))
        if not self._path.exists():
            raise CarveError(f"{FILE} is missing, so {role!r} names no class", where=place)
        known = load_plain(self._path)
        sides = known.get(role) if isinstance(known, dict) else None
        reference = sides.get(self._side) if isinstance(sides, dict) else None
        if not isinstance(reference, str) or not all(reference.partition(":")):
            raise CarveError(
                f"{FILE} does not say what {role}.{self._side} is",
                where=place,
                instead=f"add {role}: {{{self._side}: 'package.module:Class'}}",
            )
        return reference
