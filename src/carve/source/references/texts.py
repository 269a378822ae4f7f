"""Find a symbol in plain text: dotted paths, file paths with a name, bare words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from carve.plan.refs import ClassRef
from carve.source.references.model import Span, Standing
from carve.source.references.origins import Origins, Thing

__all__ = ["Hit", "Texts"]

_DOTTED = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: where, the module written before it, and how certain it is."""

    span: Span
    owner: Span | None = None
    standing: Standing = "sure"


class Texts:
    """What texts say about one symbol."""

    def __init__(self, symbol: ClassRef, origins: Origins) -> None:
        """Prepare the patterns."""
        name = re.escape(symbol.name)
        self._symbol = symbol
        self._origins = origins
        self._target = Thing(symbol.module, symbol.name)
        self._qualified = re.compile(
            rf"(?:(?P<path>[\w./-]*\w\.py)::?|(?<!\w)(?P<dots>\.*)(?P<owner>{_DOTTED})[.:])"
            rf"(?P<name>{name})(?!\w)",
            re.ASCII,
        )
        self._import = re.compile(
            rf"\bfrom[ \t]+(?P<owner>\.*{_DOTTED})[ \t]+import[ \t(][^;#\r\n]*?"
            rf"(?<![\w.])(?P<name>{name})(?!\w)"
        )
        self._word = re.compile(rf"(?<![\w.]){name}(?!\w)")
        self._spanned = re.compile(rf"(?<=`)(?P<name>{name})(?=`|[.(][^`\r\n]*`)")
        self._prompted = re.compile(r"^[ \t]*(?:>>>|\.\.\.)[ \t].*$", re.MULTILINE)
        self._whole = re.compile(rf"{name}(?:\.\w+)*")
        self._dangling = re.compile(rf"(?<=[\"'}}])[.:](?P<name>{name})(?!\w)")

    def qualified(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield each `pkg.mod.Name`, `pkg.mod:Name` and `pkg/mod.py::Name` in a part of a text."""
        for found in self._qualified.finditer(text, start, end):
            if found["path"]:
                standing = self._of_path(found["path"])
                owner = None
            else:
                standing = self._of_owner(found["owner"], relative=bool(found["dots"]))
                owner = found.span("owner")
            if standing is not None:
                yield Hit(found.span("name"), owner, standing)

    def imports(self, text: str) -> Iterator[Hit]:
        """Yield each `from pkg.mod import Name` of a text that is not parsed."""
        for found in self._import.finditer(text):
            standing = self._of_owner(found["owner"], relative=found["owner"].startswith("."))
            if standing is not None:
                yield Hit(found.span("name"), found.span("owner"), standing)

    def words(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield each bare word."""
        yield from (found.span() for found in self._word.finditer(text, start, end))

    def spanned(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield each word that a text marks as code with backticks, or at a prompt."""
        yield from (found.span("name") for found in self._spanned.finditer(text, start, end))
        for line in self._prompted.finditer(text, start, end):
            yield from self.words(text, *line.span())

    def dangling(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield each `.Name` with which a text begins, or which follows a replacement field."""
        found = self._dangling.finditer(text, start, end)
        yield from (one.span("name") for one in found)

    def is_whole(self, text: str) -> bool:
        """Tell whether a text is nothing but the name, or a member of it."""
        return self._whole.fullmatch(text.strip()) is not None

    def leads_to(self, module: str) -> bool:
        """Tell whether the name can be taken from a module that a text names."""
        return self._target in self._origins.attribute(
            self._origins.dotted(module), self._symbol.name
        )

    def _of_owner(self, owner: str, *, relative: bool) -> Standing | None:
        if not relative:
            things = self._origins.dotted(owner)
            if self._target in self._origins.attribute(things, self._symbol.name):
                return "sure"
            if any(self._origins.module(thing.module) for thing in things):
                return None  # it is known, and it is something else
        ending = f".{self._symbol.module}".endswith(f".{owner.lstrip('.')}")
        return "unsure" if ending else None

    def _of_path(self, path: str) -> Standing | None:
        stem = self._symbol.module.replace(".", "/")
        if f"/{path}".endswith((f"/{stem}.py", f"/{stem}/__init__.py")):
            return "sure"
        return "unsure" if f"/{stem}.py".endswith(f"/{path}") else None
