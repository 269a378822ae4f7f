"""Find every place of a tree that leads to a module: imports, attributes, texts, paths."""

import ast
import re
from collections.abc import Iterator
from itertools import chain

from carve.source.module import Module
from carve.source.references.documents import is_document, page_of, source_of
from carve.source.references.files import Files
from carve.source.references.model import Kind, Reference, Span
from carve.source.references.origins import Origins, Thing
from carve.source.references.search import PYTHON, best
from carve.source.references.spots import Spots
from carve.source.text import Source

__all__ = ["references_to_module"]

_LOADERS = ("import_module", "__import__")


def references_to_module(files: Files, name: str) -> list[Reference]:
    """Return what leads to the module itself or through it, by file and position.

    Who takes a name from another module that re-exports it does not count, nor does the module's
    own file. Loading a module by a name that is put together at run time is `unsure`.
    """
    origins = Origins(files)
    own = files.path_of(name)
    found: list[Reference] = []
    for path in files.holding([name.rpartition(".")[2], *_LOADERS]):
        if path == own:
            continue
        if path.endswith(PYTHON):
            found += best(_InPython(files.module_at(path), name, origins).find())
        elif (source := source_of(path, files.read(path) or b"")) is not None:
            found += best(_in_file(source, name, origins))
    return found


def _in_file(source: Source, name: str, origins: Origins) -> Iterator[Reference]:
    page, rest = page_of(source)
    if page is not None:
        yield from _InPython(page, name, origins).find()
    kind: Kind = "docs" if is_document(source.path) else "data"
    spots = Spots(rest)
    for kind_found, span in _in_text(rest.text, name):
        yield spots.reference("path" if kind_found == "path" else kind, span)


class _InPython:
    def __init__(self, module: Module, name: str, origins: Origins) -> None:
        self._module = module
        self._name = name
        self._package, _, self._last = name.rpartition(".")
        self._origins = origins
        self._spots = Spots(module.source)
        self._strings: list[Span] = []

    def find(self) -> Iterator[Reference]:
        for node in ast.walk(self._module.tree):
            yield from self._node(node)
        comments = list(self._spots.comments())
        for kind, span in _in_text(self._module.source.text, self._name):
            if _is_inside(span, comments):
                yield self._spots.reference("path" if kind == "path" else "comment", span)
            elif _is_inside(span, self._strings):
                yield self._spots.reference("path" if kind == "path" else "string", span)

    def _node(self, node: ast.AST) -> Iterator[Reference]:
        if isinstance(node, ast.ImportFrom):
            yield from self._import_from(node)
        elif isinstance(node, ast.Import):
            yield from self._import(node)
        elif isinstance(node, ast.Attribute) and node.attr == self._last:
            scope = self._origins.scopes(self._module).at(node)
            if Thing(self._name) in self._origins.meant(node, self._module, scope):
                yield self._spots.reference("attribute", self._spots.span(node))
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            yield from self._string(node)

    def _import(self, node: ast.Import) -> Iterator[Reference]:
        for alias in node.names:
            if f"{alias.name}.".startswith(f"{self._name}."):
                start = self._spots.span(alias)[0]
                yield self._spots.reference("import", (start, start + len(self._name)))

    def _import_from(self, node: ast.ImportFrom) -> Iterator[Reference]:
        base = self._module.absolute(node)
        inside = f"{base}.".startswith(f"{self._name}.")
        taken = any(alias.name == self._last for alias in node.names)
        if not inside and base == self._package and taken:
            inside = Thing(self._name) in self._origins.of(base, self._last)
        if inside:
            written = "." * node.level + (node.module or "")
            start = self._spots.span(node)[0]
            offset = self._module.source.text.find(written, start + len("from"))
            yield self._spots.reference("import", (offset, offset + len(written)))

    def _call(self, node: ast.Call) -> Iterator[Reference]:
        """Yield loading by a relative name, or by one that is put together."""
        if ast.unparse(node.func).rpartition(".")[2] not in _LOADERS or not node.args:
            return
        first, span = node.args[0], self._spots.span(node.args[0])
        if isinstance(first, ast.Constant):
            things = self._origins.loaded(node, self._module)
            if Thing(self._name) in things and str(first.value) != self._name:
                yield self._spots.reference("string", span, exact=False)
            return
        texts = (n.value for n in ast.walk(first) if isinstance(n, ast.Constant))
        beginnings = [text for text in texts if isinstance(text, str) and text.endswith(".")]
        if any(self._name.startswith(text) for text in beginnings):
            yield self._spots.reference("string", span, standing="unsure", exact=False)

    def _string(self, node: ast.Constant | ast.JoinedStr) -> Iterator[Reference]:
        span = self._spots.span(node)
        value = node.value if isinstance(node, ast.Constant) else None
        if value is not None and not isinstance(value, str | bytes):
            return
        self._strings.append(span)
        if isinstance(value, str | bytes):
            text = value if isinstance(value, str) else value.decode("latin-1")
            written = self._module.source.text[slice(*span)]
            if list(_in_text(text, self._name)) and not list(_in_text(written, self._name)):
                yield self._spots.reference("string", span, exact=False)
            elif "." not in self._name and text == self._name:
                yield self._spots.reference("string", span, standing="unsure")


def _in_text(text: str, name: str) -> Iterator[tuple[str, Span]]:
    """Yield each dotted name and each file path of the module in a text."""
    # A name without a dot is any word: only what follows tells that a module is meant.
    after = r"(?!\w)" if "." in name else r"(?=[.:][A-Za-z_])(?!\.py\b)"
    dotted = re.finditer(rf"(?<![\w.]){re.escape(name)}{after}", text)
    stem = re.escape(name.replace(".", "/"))
    paths = re.finditer(rf"(?<![\w.-])(?:[\w.-]+/)*{stem}(?:/__init__)?\.pyi?(?!\w)", text)
    found = chain((("dotted", d.span()) for d in dotted), (("path", p.span()) for p in paths))
    yield from found


def _is_inside(span: Span, around: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in around)
