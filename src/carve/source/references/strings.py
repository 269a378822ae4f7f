"""Find a symbol in the strings and comments of Python code, by what each string is for."""

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from carve.source.references.code import Code
from carve.source.references.model import Kind, Reference, Span, Standing
from carve.source.references.origins import Things
from carve.source.references.roles import Roles
from carve.source.references.texts import Texts

__all__ = ["Strings"]

_String = ast.Constant | ast.JoinedStr


class Strings:
    """What the strings and comments of one module say about one symbol."""

    def __init__(self, code: Code, texts: Texts) -> None:
        """Sort the module's strings by what they are for."""
        self._code = code
        self._texts = texts
        self._text = code.module.source.text
        self._name = code.symbol.name
        self._roles = Roles(code.module.tree)

    def find(self, *, distinct: bool) -> Iterator[Reference]:
        """Yield the references; with `distinct`, nothing else in the tree has the name."""
        for node in self._strings:
            yield from self._string(node, distinct=distinct)
        for span in self._code.spots.comments():
            yield from self._prose(span, "comment", distinct=distinct)

    @cached_property
    def _strings(self) -> list[_String]:
        """Return the strings, and the f-strings as wholes."""
        found: list[_String] = []
        todo: list[ast.AST] = [self._code.module.tree]
        while todo:
            node = todo.pop()
            text = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
            if text or isinstance(node, ast.JoinedStr):
                found.append(node)  # type: ignore[arg-type]
            inner = [
                c for c in ast.iter_child_nodes(node) if not isinstance(c, ast.FormattedValue)
            ]
            todo += [] if isinstance(node, ast.JoinedStr) else inner
            todo += (
                [
                    c
                    for f in ast.walk(node)
                    if isinstance(f, ast.FormattedValue)
                    for c in ast.iter_child_nodes(f)
                ]
                if isinstance(node, ast.JoinedStr)
                else []
            )
        return found

    def _string(self, node: _String, *, distinct: bool) -> Iterator[Reference]:
        role = self._roles.of(node)
        span = self._code.spots.span(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            yield from self._bytes(node.value, span)
        elif role == "prose":
            yield from self._prose(span, "comment", distinct=distinct)
        elif role == "annotation" and isinstance(node, ast.Constant):
            yield from self._annotation(node, span)
        else:
            kind: Kind = "patch" if role == "patch" else "string"
            yield from self._paths(node, span, kind)
            yield from self._bare(node, span, role)

    def _paths(self, node: _String, span: Span, kind: Kind) -> Iterator[Reference]:
        """Yield `pkg.mod.Name` in a string; one that is put together is not exact."""
        spots = self._code.spots
        hits = list(self._texts.qualified(self._text, *span))
        for hit in hits:
            yield spots.reference(kind, hit.span, owner=hit.owner, standing=hit.standing)
        value = _value(node)
        meant = list(self._texts.qualified(value, 0, len(value)))
        if len(meant) > len(hits):
            standing = meant[0].standing
            yield spots.reference(kind, span, standing=standing, exact=False)
        for found in self._texts.dangling(self._text, *span):
            standing = "sure" if self._has_module else "unsure"
            yield spots.reference(kind, found, standing=standing)

    def _bare(self, node: _String, span: Span, role: str) -> Iterator[Reference]:
        """Yield the name as a word of its own: an export, a lookup by name, or mere text."""
        value = _value(node)
        kind, standing = self._judged(node, value, role)
        words = list(self._texts.words(self._text, *span))
        if not words and self._texts.is_whole(value):
            yield self._code.spots.reference(kind, span, standing=standing, exact=False)
        for word in words:
            yield self._code.spots.reference(kind, word, standing=standing)

    def _judged(self, node: _String, value: str, role: str) -> tuple[Kind, Standing]:
        if not self._texts.is_whole(value) or isinstance(node, ast.JoinedStr):
            return "string", "prose"
        if role == "export":
            return "export", "sure" if self._code.exports or self._is_lazy else "prose"
        if role.endswith("by name"):
            receiver = self._roles.receivers[id(node)]
            things = self._things(receiver)
            meant = self._code.origins.attribute(things, self._name)
            kind: Kind = "patch" if role.startswith("patched") else "attribute"
            if self._code.target in meant:
                return kind, "sure"
            return ("string", "prose") if meant else (kind, "unsure")
        return "string", "sure" if self._is_lazy and value == self._name else "unsure"

    def _things(self, receiver: ast.expr) -> Things:
        code = self._code
        if isinstance(receiver, ast.Constant) and isinstance(receiver.value, str):
            return code.origins.dotted(receiver.value)
        return code.origins.meant(receiver, code.module, code.scopes.at(receiver))

    def _annotation(self, node: ast.Constant, span: Span) -> Iterator[Reference]:
        """Yield the names in a type that is written as a text."""
        if not isinstance(node.value, str):
            return
        try:
            tree = ast.parse(node.value.strip(), mode="eval")
        except (SyntaxError, ValueError):
            return
        code, scope = self._code, self._code.scopes.at(node)
        sure = 0
        for inner in ast.walk(tree):
            if isinstance(inner, ast.Name) and inner.id == self._name:
                sure += code.means(self._name, node)
            elif isinstance(inner, ast.Attribute) and inner.attr == self._name:
                things = code.origins.meant(inner, code.module, scope)
                sure += code.target in things
        words = list(_word(self._name).finditer(self._text, *span))
        if sure and sure != len(words):
            yield code.spots.reference("annotation", span, exact=False)
        for word in words if sure == len(words) else ():
            yield code.spots.reference("annotation", word.span())

    def _bytes(self, value: bytes, span: Span) -> Iterator[Reference]:
        """Yield bytes that hold module and name, as a pickle does; lengths may be in them."""
        text = value.decode("latin-1")
        symbol = self._code.symbol
        if symbol.module in text and _word(symbol.name).search(text):
            yield self._code.spots.reference("string", span, standing="unsure", exact=False)

    def _prose(self, span: Span, kind: Kind, *, distinct: bool) -> Iterator[Reference]:
        spots = self._code.spots
        for hit in self._texts.qualified(self._text, *span):
            standing: Standing = "sure" if hit.standing == "sure" else "prose"
            yield spots.reference(kind, hit.span, owner=hit.owner, standing=standing)
        marked = set(self._texts.spanned(self._text, *span))
        for word in self._texts.words(self._text, *span):
            yield spots.reference(
                kind, word, standing="sure" if distinct and word in marked else "prose"
            )

    @cached_property
    def _has_module(self) -> bool:
        """Tell whether a string of the file is a module from which the name can be taken."""
        texts = (n.value for n in self._code.module.nodes if isinstance(n, ast.Constant))
        return any(
            isinstance(text, str) and _DOTTED.fullmatch(text) and self._texts.leads_to(text)
            for text in texts
        )

    @cached_property
    def _is_lazy(self) -> bool:
        """Tell whether the module's `__getattr__` makes the symbol of its name."""
        code = self._code
        return code.target in code.origins.lazy(self._name, code.module)


_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _value(node: _String) -> str:
    """Return what a string says; a replacement field counts as a closing brace."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = (part.value if isinstance(part, ast.Constant) else "}" for part in node.values)
    return "".join(part for part in parts if isinstance(part, str))
