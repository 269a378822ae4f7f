"""Finds the classes that a command is about, and says what is wrong when there are none."""

import contextlib
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from omnibase_core.cli.request_error import RequestError
from omnibase_core.discovery.registry_error import nearest

if TYPE_CHECKING:
    from omnibase_core.discovery import MixinDiscovery

__all__ = ["class_named", "mixin_class", "node_base"]


def class_named(text: str) -> type:
    """Import and return the class that `package.module:Class` names; a TypeError is let pass."""
    module_name, _, path = text.partition(":")
    if not module_name or not path:
        raise RequestError(f"{text!r} does not name a class", "package.module:Class")
    found: object = _module(module_name)
    known = [name for name, value in vars(found).items() if isinstance(value, type)]
    for part in path.split("."):
        if not hasattr(found, part):
            raise RequestError(f"{module_name} has no class {path!r}", _one_of(part, known))
        found = getattr(found, part)
    if not isinstance(found, type):
        raise RequestError(f"{text} is no class but a {type(found).__name__}", _one_of("", known))
    return found


def mixin_class(discovery: "MixinDiscovery", name: str) -> type | None:
    """Import and return a mixin of the registry; None if it is a function."""
    key = discovery.get_mixin_key(name)
    home = Path(__file__).resolve().parents[2] / "mixins"
    if discovery.mixins_path.resolve() == home:
        module = _module(f"omnibase_core.mixins.{key}")
    else:
        module = _module_from(discovery.mixins_path / f"{key}.py", key)
    found = getattr(module, name, None)
    if found is None:
        known = [each for each, value in vars(module).items() if isinstance(value, type)]
        raise RequestError(f"{key}.py defines no {name!r}", _one_of(name, known))
    return found if isinstance(found, type) else None


def node_base() -> type:
    """Return the base class of all nodes."""
    found = _module("omnibase_core.infrastructure.node_core_base").NodeCoreBase
    assert isinstance(found, type)  # noqa: S101 - tells the type checker
    return found


def _module(name: str) -> ModuleType:
    # Step by step, so that what is not there is told apart from what its import lacks.
    for part in _parents(name):
        with _importing(part):
            if not _is_there(part):
                raise RequestError(f"there is no module {part!r}", _sibling(part))
            importlib.import_module(part)
    return sys.modules[name]


def _is_there(name: str) -> bool:
    """Return whether a module can be found, its parents being imported already."""
    parent = name.rpartition(".")[0]
    if parent and not hasattr(sys.modules[parent], "__path__"):
        return False
    return importlib.util.find_spec(name) is not None


def _module_from(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RequestError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    with _importing(name):
        spec.loader.exec_module(module)
    return module


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        raise RequestError(f"{name!r} is no name of a module", "package.module:Class")
    return [".".join(parts[: number + 1]) for number in range(len(parts))]


@contextlib.contextmanager
def _importing(name: str) -> Iterator[None]:
    """Keep stdout for the answer, and turn what stops an import into one."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except (RequestError, TypeError):
        raise
    except (Exception, SystemExit) as error:
        raise RequestError(
            f"{name} cannot be imported: {type(error).__name__}: {error}"
        ) from error


def _sibling(name: str) -> str:
    """Return the name of the module next to where `name` was looked for that is most like it."""
    parent, _, _ = name.rpartition(".")
    package = sys.modules.get(parent)
    paths = getattr(package, "__path__", None) if parent else None
    if parent and paths is None:
        return f"{parent}:Class, for {parent} is no package"
    known = [each.name for each in pkgutil.iter_modules(paths)]
    known = [f"{parent}.{each}" if parent else each for each in known]
    return nearest(name, known) or ""


def _one_of(name: str, known: list[str]) -> str:
    return nearest(name, known) or (f"one of {', '.join(sorted(known))}" if known else "")
