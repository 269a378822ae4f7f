"""Which code belongs to the class: that of every class of its MRO that the tree itself defines.

Members are known by file and qualified name and told without their class, so a member that has
moved into a mixin is still the same member.
"""

import os
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .names import mro_of
from .once import Once
from .settings import Settings

__all__ = ["MOCK", "OTHER", "PROCESS", "UNDECIDED", "Family", "Member"]

_PARTIAL = "partial "
_COMPREHENSIONS = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
_GENERATOR, _COROUTINE = 0x20, 0x80
_VAR_POSITIONAL, _VAR_KEYWORD = 0x04, 0x08


@dataclass(frozen=True)
class Member:
    """One code object: a member of the class, something in it, or something that it uses.

    Attributes:
        name: Its qualified name without the class.
        static: Whether it has no receiver although it stands in the class body.
        direct: Whether it stands in the class body itself.
        quiet: Whether its calls are part of the member that it stands in.
        waits: Whether what it yields is a mere wait of a coroutine.
        generates: Whether it is a generator.
        parameters: The names of its parameters.
    """

    name: str
    static: bool = False
    direct: bool = True
    quiet: bool = False
    waits: bool = False
    generates: bool = False
    parameters: tuple[str, ...] = ()


UNDECIDED = Member("<undecided>")
OTHER = Member("<other>")
MOCK = Member("<mock>", quiet=True)
PROCESS = Member("<process>", quiet=True)
_USED = (
    ("mock.py", "CallableMixin.__call__", MOCK),
    ("subprocess.py", "Popen.__init__", PROCESS),
)


class Family:
    """The classes of the tree that the traced class consists of, once it has been imported."""

    def __init__(self, settings: Settings) -> None:
        """Take what is traced."""
        self.tree = os.path.join(settings.tree, "")  # noqa: PTH118 - compared with file names
        self._wanted = (settings.module, settings.name)
        self._known: dict[int, tuple[types.CodeType, Member]] = {}
        self._owners: dict[tuple[str, str], type] = {}
        self._generated: dict[int, str] = {}
        self._prefixes: list[str] = []
        self._stands = Once(self._is_target)
        self.target: type | None = None
        self.file = ""

    def member(self, code: types.CodeType, scope: dict[str, Any]) -> Member:
        """Return what `code` is; its globals may hold the class."""
        known = self._known.get(id(code))
        if known is not None:
            return known[1]
        found = self._judge(code, scope)
        if found is not UNDECIDED:
            self._known[id(code)] = (code, found)  # the code is kept, so its id stays its own
        return found

    def known(self, code: types.CodeType) -> "Member | None":
        """Return what the code is, if somebody has asked before."""
        found = self._known.get(id(code))
        return found[1] if found else None

    def is_own(self, file: str) -> bool:
        """Tell whether the file is one of the tree."""
        return file.startswith(self.tree) and "site-packages" not in file

    def without_owner(self, name: str) -> str:
        """Return the name of what is called; a decorated member is told without its class."""
        if name.startswith(_PARTIAL):
            return _PARTIAL + self.without_owner(name.removeprefix(_PARTIAL))
        for prefix in self._prefixes:
            if name.startswith(prefix):
                return f"decorated {name.removeprefix(prefix)}"
        return name

    def stands(self, cls: type) -> bool:
        """Tell whether `cls` is the traced class, or inherits from it."""
        return self.target is not None and self._stands(cls)

    def _is_target(self, cls: type) -> bool:
        target = self.target
        return target is not None and any(
            each is target or _names(each) == _names(target) for each in mro_of(cls)
        )

    def _judge(self, code: types.CodeType, scope: dict[str, Any]) -> Member:
        file, name = code.co_filename, code.co_qualname
        for ends, used, special in _USED:
            if name == used and file.endswith(ends):
                return special
        if not self.is_own(file) and not file.startswith("<"):
            return OTHER
        if self.target is None and not self._find(scope):
            return UNDECIDED
        if id(code) in self._generated:
            return _member(code, self._generated[id(code)], None)
        owned = ((self._owners.get((file, each)), rest) for each, rest in _splits(name))
        return next((_member(code, rest, owner) for owner, rest in owned if owner), OTHER)

    def _find(self, scope: dict[str, Any]) -> bool:
        module, name = self._wanted
        found = getattr(sys.modules.get(module), "__dict__", {}).get(name)
        if (
            found is None
            and scope.get("__name__", "").rpartition(".")[2] == module.rpartition(".")[2]
        ):
            found = scope.get(name)
        if not isinstance(found, type):
            return False
        self.target = found
        self.file = getattr(sys.modules.get(found.__module__), "__file__", None) or ""
        for cls in mro_of(found):
            file = getattr(sys.modules.get(cls.__module__), "__file__", None) or ""
            if self.is_own(file):
                self._owners[file, cls.__qualname__] = cls
                names = f"{cls.__qualname__}.", f"{cls.__module__}.{cls.__qualname__}."
                self._prefixes += names
                self._generated.update(_generated(cls))
        return True


def _member(code: types.CodeType, name: str, owner: "type | None") -> Member:
    direct = "." not in name
    return Member(
        name,
        static=direct and isinstance(_raw(owner, name), staticmethod) and name != "__new__",
        direct=direct,
        quiet=code.co_name in _COMPREHENSIONS,
        waits=bool(code.co_flags & _COROUTINE),
        generates=bool(code.co_flags & _GENERATOR),
        parameters=_parameters(code),
    )


def _raw(owner: "type | None", name: str) -> Any:
    if owner is None:
        return None
    mangled = f"_{owner.__name__.lstrip('_')}{name}"
    return vars(owner).get(name, vars(owner).get(mangled))


def _generated(cls: type) -> Iterator[tuple[int, str]]:
    """Yield the code of methods; some are generated as text, as dataclasses do."""
    for name, value in vars(cls).items():
        named = getattr(value, "__qualname__", "") == f"{cls.__qualname__}.{name}"
        if isinstance(value, types.FunctionType) and named:
            yield id(value.__code__), name


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield each way in which a qualified name can be a class and something in it."""
    parts = name.split(".")
    for end in range(1, len(parts)):
        yield ".".join(parts[:end]), ".".join(parts[end:])


def _parameters(code: types.CodeType) -> tuple[str, ...]:
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & _VAR_POSITIONAL) + bool(code.co_flags & _VAR_KEYWORD)
    return code.co_varnames[:count]


def _names(cls: type) -> tuple[str, str]:
    return cls.__module__, cls.__qualname__
