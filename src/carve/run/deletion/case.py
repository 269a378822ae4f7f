"""A module that is to be deleted at one point of a plan, and what its proofs depend on."""

import ast
import hashlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from carve.gates.destination import left_in
from carve.gates.mutation import FILE as EQUIVALENT
from carve.mutants import operators, plant
from carve.pins.names import FOLDER as SCENARIOS
from carve.pins.store import load_plain
from carve.pins.subjects import FILE, references
from carve.plan.model import Plan
from carve.plan.spec_files import DeleteModuleSpec
from carve.run.before import before_tree
from carve.run.reach import Reach
from carve.source.module import Module
from carve.source.text import Source
from carve.source.uses import uses_of
from carve.workspace import Workspace

__all__ = ["UNREACHABLE", "Case"]

UNREACHABLE = "unreachable.yaml"

_FORMAT = 1
_BY_ROLE = (SCENARIOS, "pins")
# The entries that count are part of the key by themselves.
_LISTS = (FILE, EQUIVALENT, UNREACHABLE)
_KINDS = (".py", ".yaml", ".yml", ".ini", ".json", ".txt", ".toml")


@dataclass(frozen=True)
class Case:
    """The module of `spec`, in the tree `now`, which is the one right before the deletion.

    `repo` has the scenarios, the pins and the evidence.
    """

    repo: Path
    plan: Plan
    spec: DeleteModuleSpec
    now: Workspace

    @property
    def module(self) -> str:
        """Return the dotted name of the module."""
        return self.spec.module

    @cached_property
    def path(self) -> str | None:
        """Return its file, None when it is gone already."""
        return self.now.path_of(self.module)

    @cached_property
    def before(self) -> Workspace:
        """Return the tree before the first step."""
        return before_tree(self.repo, self.plan)

    @cached_property
    def path_before(self) -> str | None:
        """Return the file that the module had before the first step."""
        return self.before.path_of(self.module)

    @property
    def home(self) -> Path | None:
        """Return the characterization folder, None in a plan without pins."""
        return (self.repo / self.plan.verify.pins).resolve() if self.plan.verify.pins else None

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Return the roles that there are scenarios of."""
        return tuple(sorted(_subjects(self.home)))

    @cached_property
    def did_something(self) -> bool:
        """Tell whether the module defined anything before the first step."""
        return self.path_before is not None and _defines(self.before, self.path_before)

    @cached_property
    def does_something(self) -> bool:
        """Tell whether the module defines anything, before the first step or now."""
        return self.did_something or (self.path is not None and _defines(self.now, self.path))

    def key(self, what: str, roles: Iterable[str], listed: Iterable[object]) -> str:
        """Return what the proof `what` of the module depends on, as one name.

        That is the module before the first step with all that it can load, the scenarios and pins
        of the `roles`, what those can load, and the entries of a list that are about the module.
        The engine is left out: elsewhere it is no part of the tree, and it has tests of its own.
        """
        own = tuple(sorted(roles))
        parts = [f"{_FORMAT} {what} {self.module} {own} {[*map(str, listed)]}".encode()]
        if what == "mutation":
            parts += [Path(str(each.__file__)).read_bytes() for each in (operators, plant)]
        if own not in self._contents:
            self._contents[own] = self._content(own)
        return hashlib.sha256(b"\0".join((*parts, self._contents[own]))).hexdigest()[:32]

    @cached_property
    def _contents(self) -> dict[tuple[str, ...], bytes]:
        return {}

    def _content(self, roles: tuple[str, ...]) -> bytes:
        parts, scripts = [], []
        for name, raw in self._characterization(roles):
            parts += [name.encode(), hashlib.sha256(raw).digest()]
            scripts += [raw] * name.endswith(".py")
        for path in self._sources(scripts):
            parts += [path.encode(), hashlib.sha256(self.before.read(path) or b"").digest()]
        return hashlib.sha256(b"\0".join(parts)).digest()

    def _sources(self, scripts: Iterable[bytes]) -> list[str]:
        tree = self.before
        reach = Reach(tree, tree.roots, frozenset(tree.python_files()))
        names = {self.module, *(n for raw in scripts for n in uses_of("", "", raw).names)}
        starts = [path for name in names for path in reach.named(name)]
        return sorted(reach.from_(filter(None, [self.path_before, *starts])).paths)

    def _characterization(self, roles: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Yield what decides about the scenarios of the roles, by name."""
        home = self.home
        if home is None:
            return
        known = _subjects(home)
        others = known.keys() - {*roles}
        for path in sorted(home.rglob("*")):
            place = path.relative_to(home)
            if path.suffix in _KINDS and path.is_file() and _decides(place, others):
                yield place.as_posix(), path.read_bytes()
        for role in roles:
            yield role, str(references(known, role).get("before")).encode()


def _subjects(home: Path | None) -> dict[str, Any]:
    known = load_plain(home / FILE) if home and (home / FILE).is_file() else None
    return known if isinstance(known, dict) else {}


def _decides(place: Path, others: Container[str]) -> bool:
    """Tell whether a file matters: one of another role does not, nor do lists of exceptions."""
    parts = place.parts
    if "__pycache__" in parts or str(place) in _LISTS:
        return False
    return not (parts[0] in _BY_ROLE and len(parts) > 1 and parts[1] in others)


def _defines(tree: Workspace, path: str) -> bool:
    """Tell whether the module has code of its own; the mere head of a class counts too."""
    module = Module(tree.name_of(path), Source.decode(path, tree.read(path) or b""))
    classes = any(isinstance(node, ast.ClassDef) for node in module.tree.body)
    return classes or bool(left_in(module))
