"""The class under test by role, as `subjects.yaml` names it for before and after."""

import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from carve.disk import bytes_at
from carve.errors import CarveError, Place
from carve.pins.standing import side_now
from carve.pins.store import load_plain
from carve.source.roots import paths_of

__all__ = ["FILE", "NOW", "Subject", "Subjects", "references"]

FILE = "subjects.yaml"
NOW = "now"


@dataclass(frozen=True, slots=True)
class Subject:
    """The class under test, the module it is referred to by, and its name.

    `places` says of names that callers once took from its module where they are today.
    """

    cls: Any
    module: Any
    name: str
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the names that callers can have: those of `import *`, or those with a place."""
        return tuple(self.places) or tuple(getattr(self.module, "__all__", ()))

    def named(self, name: str) -> Any:
        """Return what callers get under `name`; AttributeError when there is none."""
        if name not in self.places:
            return getattr(self.module, name)
        module, _, other = self.places[name].partition(":")
        return getattr(importlib.import_module(module), other or name)


class Subjects:
    """Loads each role's class once."""

    def __init__(self, folder: Path, side: str) -> None:
        """Take the folder of `subjects.yaml` and the side (`before`, `after` or `now`).

        With `now` each role has the side that the modules on the import path speak for.
        """
        self._path = folder / FILE
        self._side = side
        self._loaded: dict[str, Subject] = {}
        self._sides: dict[str, str] = {}

    def load(self, role: str) -> Subject:
        """Return the subject of `role`; CarveError says which reference cannot be used and why."""
        if role not in self._loaded:
            self._loaded[role] = self._load(role)
        return self._loaded[role]

    def lacks(self, role: str) -> bool:
        """Tell whether the role has no class on this side, as it is not taken apart yet."""
        sides = self._known.get(role)
        return isinstance(sides, dict) and bool(sides) and self.side_of(role) not in sides

    def side_of(self, role: str) -> str:
        """Return the side that the role is judged on."""
        if self._side != NOW:
            return self._side
        if role not in self._sides:
            self._sides[role] = side_now(references(self._known, role), _on_path)
        return self._sides[role]

    def expected(self, role: str) -> tuple[str, ...]:
        """Return whose values count: those of its side, and between two sides either's.

        The class can have moved before or after its behaviour was deliberately changed.
        """
        side = self.side_of(role)
        return ("after", "before") if self._side == NOW and side != "before" else (side,)

    def _load(self, role: str) -> Subject:
        reference = self._reference(role)
        module_name, _, name = reference.partition(":")
        where = f"{FILE} says {role}.{self.side_of(role)} is {reference!r}"
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
        return Subject(getattr(module, name), module, name, self._places(role))

    def _places(self, role: str) -> dict[str, str]:
        """Return where names of the old module are, once the class is no longer in it."""
        sides = self._known.get(role)
        places = sides.get("names") if isinstance(sides, dict) else None
        if places is None or self.side_of(role) != "after":
            return {}
        if not isinstance(places, dict) or not all(isinstance(p, str) for p in places.values()):
            raise CarveError(
                f"{FILE}: {role}.names has to say of each name where it is",
                where=Place(str(self._path)),
                instead="write it as {Name: package.module} or {Name: 'package.module:Other'}",
            )
        return places

    @cached_property
    def _known(self) -> dict[str, Any]:
        known = load_plain(self._path) if self._path.exists() else None
        return known if isinstance(known, dict) else {}

    def _reference(self, role: str) -> str:
        place = Place(str(self._path))
        if not self._path.exists():
            raise CarveError(f"{FILE} is missing, so {role!r} names no class", where=place)
        side = self.side_of(role)
        reference = references(self._known, role).get(side)
        if reference is None:
            raise CarveError(
                f"{FILE} does not say what {role}.{side} is",
                where=place,
                instead=f"add {role}: {{{side}: 'package.module:Class'}}",
            )
        return reference


def references(known: object, role: str) -> dict[str, str]:
    """Return the usable references of a role by side, from what `subjects.yaml` holds."""
    sides = known.get(role) if isinstance(known, dict) else None
    named = sides.items() if isinstance(sides, dict) else ()
    return {
        side: text for side, text in named if isinstance(text, str) and all(text.partition(":"))
    }


def _on_path(module: str) -> bytes | None:
    """Return the text of a module from where Python would take it; nothing is imported."""
    for folder in map(Path, sys.path):
        for path in paths_of(module, (".",)):
            if (raw := bytes_at(folder / path)) is not None:
                return raw
    return None
