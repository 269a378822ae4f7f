"""Finds the classes that a contract names, and notes what is wrong where there are none."""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Final

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.discovery.registry_error import nearest
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.nodes.contract_parts import ChosenMixin
from omnibase_core.nodes.objections import Objections
from omnibase_core.utils.contract_yaml.places import Steps, dotted
from omnibase_core.utils.contract_yaml.problems import hint

__all__ = ["base_class", "mixin_class", "module_exists"]

_BASE: Final = ("node", "base")
_FORM: Final = "write package.module:Class"
_MIXINS: Final = "omnibase_core.mixins"


def base_class(text: str | None, found: Objections) -> type[NodeCoreBase] | None:
    """Import and return the node base that `package.module:Class` names."""
    if text is None:
        return NodeCoreBase
    module_name, _, path = text.partition(":")
    if not _is_dotted(module_name) or not _is_dotted(path):
        found.add(_BASE, f"node.base is {text!r}, which names no class", _FORM)
        return None
    module = _module(module_name, _BASE, found)
    if module is None:
        return None
    value: object = module
    for part in path.split("."):
        known = [name for name, each in vars(value).items() if isinstance(each, type)]
        value = getattr(value, part, None)
        if value is None:
            what = f"node.base: {module_name} has no class {path!r}"
            found.add(_BASE, what, hint(part, known, "define it, or name another"))
            return None
        if not isinstance(value, type):
            what = f"node.base: {text} is no class but of type {type(value).__name__!r}"
            found.add(_BASE, what, hint(part, known, "name a class"))
            return None
    return _node_base(value, text, found)


def mixin_class(mixin: ChosenMixin, discovery: MixinDiscovery, found: Objections) -> type | None:
    """Import and return the class of a mixin."""
    name, steps, where = mixin.name, mixin.named_at, dotted(mixin.named_at)
    if name not in discovery.names():
        close = nearest(name, discovery.names())
        instead = f"did you mean {close!r}?" if close else "name one of the registry"
        found.add(steps, f"{where} is {name!r}, which is no mixin", instead)
        return None
    kinds = {each.name: each.kind for each in discovery.get_infrastructure_mixins()}
    value: object = None
    if discovery.is_implemented(name):
        key = discovery.get_mixin_key(name)
        module = _module(f"{_MIXINS}.{key}", steps, found)
        if module is None:
            return None
        value = getattr(module, name, None)
        if isinstance(value, type):
            return value
    if value is not None or kinds.get(name) == "function":
        found.add(steps, f"{where} is {name!r}, a function and no class", "call it instead")
    else:
        found.add(steps, f"{where} is {name!r}, which is planned only", "leave it out until then")
    return None


def module_exists(name: str) -> bool:
    """Return whether a module is there, without importing more of it than its packages."""
    if name in sys.modules:
        return True
    try:
        return _is_dotted(name) and importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _node_base(value: object, text: str, found: Objections) -> type[NodeCoreBase] | None:
    if isinstance(value, type) and issubclass(value, NodeCoreBase):
        return value
    found.add(_BASE, f"node.base: {text} is no node", "derive it from NodeCoreBase")
    return None


def _module(name: str, steps: Steps, found: Objections) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name or name
        if f"{name}.".startswith(f"{missing}."):
            found.add(steps, f"{dotted(steps)}: there is no module {missing!r}", "check the path")
        else:
            what = f"{dotted(steps)}: {name} cannot be imported: {error}"
            found.add(steps, what, f"install {missing.partition('.')[0]}")
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a module may do anything
        what = f"{dotted(steps)}: {name} cannot be imported: {type(error).__name__}: {error}"
        found.add(steps, what, "mend that module")
    return None


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))
