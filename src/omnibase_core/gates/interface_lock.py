"""The interface of a subcontract only grows: by optional fields, with a minor version.

Each locked model is compared with its committed JSON Schema. Words may change at any time.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from omnibase_core.gates.finding import Finding
from omnibase_core.gates.interface.change import Change
from omnibase_core.gates.interface.changes import changes
from omnibase_core.gates.interface.locked_models import (
    FOLDER,
    LockedModel,
    locked_models,
    package_of,
)
from omnibase_core.gates.interface.places import line_of
from omnibase_core.gates.interface.schema_document import (
    committed,
    document,
    rendered,
    schema_path,
    schemas,
    version_of,
    without_version,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["find", "find_breaks"]

_WRITE: Final = "python -m omnibase_core schema"
_VERSION: Final = "INTERFACE_VERSION"


class _States(NamedTuple):
    """What is committed and what the model says now."""

    old: dict[str, Any]
    new: dict[str, Any]


def find(root: Path) -> Iterator[Finding]:
    """Yield each break of a lock in a repository or package, and each schema that is outdated."""
    yield from find_breaks(root)
    for locked in locked_models(root):
        path = schema_path(root, locked.contract_type)
        new = document(locked)
        if not path.is_file():
            message = f"{locked.contract_type} has no schema: nothing holds its interface"
            yield Finding(_relative(locked.path, root), 1, message, _WRITE)
        elif _may_follow(path, new) and path.read_text("utf-8") != rendered(new):
            message = "is behind its model: editors offer what the model no longer says"
            yield Finding(_relative(path, root), 1, message, _WRITE)


def find_breaks(root: Path) -> Iterator[Finding]:
    """Yield what writing the schemas anew would hide instead of mend."""
    known = set()
    for locked in locked_models(root):
        known.add(path := schema_path(root, locked.contract_type))
        if path.is_file():
            yield from _breaks(root, locked, path)
    for path in schemas(root):
        if path not in known:
            stem = package_of(root) / FOLDER / f"model_{path.name.partition('.')[0]}"
            yield Finding(
                _relative(path, root),
                1,
                "has no model: contracts of its type can no longer be loaded",
                f"bring back {_relative(stem, root)}.py and its YAML, "
                "or delete the schema with the last contract",
            )


def _breaks(root: Path, locked: LockedModel, path: Path) -> Iterator[Finding]:
    old = committed(path.read_text("utf-8"))
    if old is None:
        yield Finding(
            _relative(path, root),
            1,
            "was edited by hand: it no longer says what was locked",
            f"restore the committed text, change the model instead and run {_WRITE}",
        )
        return
    source = locked.path.read_text("utf-8")
    for change, instead in _objections(_States(old, document(locked))):
        line = line_of(source, change.field or f"class {locked.model.__name__}")
        message = f"{locked.model.__name__}: {change.message}"
        yield Finding(_relative(locked.path, root), line, message, instead)


def _may_follow(path: Path, new: dict[str, Any]) -> bool:
    old = committed(path.read_text("utf-8"))
    return old is not None and not list(_objections(_States(old, new)))


def _objections(states: _States) -> Iterator[tuple[Change, str]]:
    """Yield each change that the versions do not allow, and what to do about it."""
    was, now = version_of(states.old), version_of(states.new)
    found = list(changes(states.old, states.new))
    if now < was:
        told = f"the version went down from {was} to {now}: contracts for {was} are refused"
        yield Change(_VERSION, told), f"set {_VERSION} to {was} or above"
    elif idle := _idle(states, found):
        yield Change(_VERSION, idle), f"set {_VERSION} back to {was}"
    if now.major > was.major:
        return
    for change in found:
        if not change.grows:
            yield change, f"put it back, or raise {_VERSION} to {was.bump_major()}"
        elif (now.major, now.minor) <= (was.major, was.minor):
            yield change, f"raise {_VERSION} to {was.bump_minor()}"


def _idle(states: _States, found: list[Change]) -> str | None:
    """Return what is wrong with a version that went up without need, or None."""
    was, now = version_of(states.old), version_of(states.new)
    if was == now:
        return None
    what = f"the version went up from {was} to {now}"
    if without_version(states.old) == without_version(states.new):
        return f"{what} and nothing else changed: {_cost(was, now)}"
    if (was.major, now.minor) == (now.major, was.minor):
        return None
    # Rules between fields are in no schema: words may be all that shows of a major change.
    if now.major > was.major or any(change.grows for change in found):
        return None
    return f"{what} and no field came: {_cost(was, now)}"


def _cost(was: ModelSemVer, now: ModelSemVer) -> str:
    if now.major > was.major:
        return f"contracts for {was} are refused for nothing"
    if now.minor > was.minor:
        return "contracts that follow it are refused by older runtimes for nothing"
    return "its readers look for a difference in vain"


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
