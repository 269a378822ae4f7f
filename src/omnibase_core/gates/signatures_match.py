"""A mixin that is there has the methods and properties of its entry, spelt the same way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from omnibase_core.gates.finding import Finding
from omnibase_core.gates.members import Member, member_of
from omnibase_core.gates.registry import Registry
from omnibase_core.gates.source import parse_header, same, shown_header, type_of

__all__ = ["find"]

_PATTERNS = "code_patterns"


def find(root: Path) -> Iterator[Finding]:
    """Yield each promised member that a mixin has not, or has with another signature."""
    registry = Registry.at(root)
    for key, info, path in registry.implemented():
        try:
            module = registry.tree.load(f"omnibase_core.mixins.{key}")
        except Exception as error:  # noqa: BLE001 - whatever a module raises is what is found
            yield Finding(
                registry.tree.shown(path),
                _line_of(error, path),
                f"the module cannot be imported: {error!r}",
                "make it importable",
            )
            continue
        mixin = getattr(module, info.name, None)
        if isinstance(mixin, type):
            yield from _broken(registry, key, mixin)
        else:
            yield Finding(
                registry.tree.shown(path),
                1,
                f"the module defines no class {info.name}, as its entry calls it",
                "add it, or correct the name",
            )


def _line_of(error: Exception, path: Path) -> int:
    """Return the line of a module at which its import went wrong."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _broken(registry: Registry, key: str, mixin: type) -> Iterator[Finding]:
    """Yield what a class does not keep of what its entry promises."""
    for what, compared in (("methods", _method), ("properties", _property)):
        for number, entry in enumerate((registry.raw(key).get(_PATTERNS) or {}).get(what) or ()):
            name = str(entry["name"])
            member = member_of(mixin, name)
            if member is None:
                yield registry.finding(
                    (key, _PATTERNS, what, number, "name"),
                    f"{mixin.__name__} has no {name!r}, which its entry lists under {what}",
                    "add it to the mixin, or take it out of the entry",
                )
                continue
            for problem in compared(member, entry):
                yield registry.finding(
                    (key, _PATTERNS, what, number),
                    f"{mixin.__name__}.{name}: {problem}",
                    f"make the entry and {registry.tree.shown(member.path)}:{member.line} agree",
                )


def _method(member: Member, entry: dict[str, Any]) -> Iterator[str]:
    try:
        promised = parse_header(f"{entry.get('signature')}: ...")
    except SyntaxError:
        yield "its signature is no definition of a function"
        return
    if member.header is None:
        yield "it is no function whose source could be read"
    elif not same(member.header, promised):
        real = shown_header(member.header)
        yield f"the entry says {shown_header(promised)!r}, and it is {real!r}"


def _property(member: Member, entry: dict[str, Any]) -> Iterator[str]:
    """Yield another type, where the source gives one."""
    written = type_of(member.header) if member.header else None
    if member.is_property and written != entry.get("type"):
        yield f"the entry says {entry.get('type')!r}, and it is {written!r}"
