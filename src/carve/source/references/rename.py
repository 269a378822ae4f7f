"""Rename a top-level name wherever it is written: what to change, and what speaks against it."""

import ast
import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.source.module import Module
from carve.source.names import BUILTINS, mangled
from carve.source.references.documents import is_document, source_of
from carve.source.references.files import Files
from carve.source.references.model import Reference
from carve.source.references.search import PYTHON
from carve.source.text import Source

__all__ = ["Renaming", "objections", "sorted_out"]

_VARIABLE = frozenset({"definition", "import", "name", "export"})


@dataclass(frozen=True, slots=True)
class Renaming:
    """The references to a name, by what becomes of them."""

    symbol: ClassRef
    new: str
    changed: tuple[Reference, ...]
    left: tuple[Reference, ...]
    blocking: tuple[Reference, ...]

    def texts(self, files: Files) -> dict[str, Source]:
        """Return the new text of each file that changes."""
        grouped: dict[str, list[Reference]] = defaultdict(list)
        for reference in self.changed:
            grouped[reference.path].append(reference)
        return {path: self._text(files, path, found) for path, found in grouped.items()}

    def _text(self, files: Files, path: str, found: list[Reference]) -> Source:
        raw = files.read(path) or b""
        source = Source.decode(path, raw) if path.endswith(PYTHON) else source_of(path, raw)
        assert source is not None  # noqa: S101 - a reference was found in its text
        text = source.text
        for start, end in sorted((reference.span for reference in found), reverse=True):
            text = text[:start] + self.new + text[end:]
        return Source(path, text, source.encoding)


def sorted_out(
    symbol: ClassRef, new: str, references: Iterable[Reference], leaves: tuple[str, ...]
) -> Renaming:
    """Return which references change; in a file listed in `leaves`, only certain ones of code."""
    changed: list[Reference] = []
    left: list[Reference] = []
    blocking: list[Reference] = []
    for one in references:
        listed = any(fnmatch.fnmatch(one.path, pattern) for pattern in leaves)
        if one.standing == "prose" or (listed and _may_stay(one)):
            left.append(one)
        elif one.standing == "sure" and one.exact:
            changed.append(one)
        else:
            blocking.append(one)
    return Renaming(symbol, new, tuple(changed), tuple(left), tuple(blocking))


def objections(renaming: Renaming, module: Module, files: Files) -> Iterator[Finding]:
    """Yield each place that is not certain or not exact, and each clash with the new name."""
    symbol, new = renaming.symbol, renaming.new
    for one in renaming.blocking:
        if one.standing == "unsure":
            message = f"this may mean {symbol}, or something else ({one.kind})"
            instead = "write it so that it can be told, or list the file under leaves:"
        else:
            message = f"this leads to {symbol}, but its text cannot be replaced ({one.kind})"
            instead = f"write {symbol.name!r} in one piece"
        yield one.finding(message, instead)
    if new in BUILTINS or new.startswith("__") or symbol.name.startswith("__"):
        yield Finding(module.path, 1, f"{new!r} has a meaning in Python", "choose another name")
    yield from _clashes(renaming, files)
    yield from _mangled(renaming, module, files)


def _clashes(renaming: Renaming, files: Files) -> Iterator[Finding]:
    """Yield each use of the new name in a module where the old one is a variable."""
    homes = {one.path for one in renaming.changed if one.kind in _VARIABLE}
    python = [path for path in files.holding([renaming.new]) if path.endswith(PYTHON)]
    modules = {path: files.module_at(path) for path in python}
    names = {files.module_at(path).name for path in homes if path.endswith(PYTHON)}
    instead = "choose a name that is free wherever the old one is used"
    for path, module in modules.items():
        starred = any(module.absolute(node) in names for node in module.star_imports)
        if path in homes or starred:
            for line in _lines_with(module, renaming.new):
                yield Finding(path, line, f"{renaming.new!r} is used here already", instead)
    for name in sorted(names):
        if taken := files.path_of(f"{name}.{renaming.new}"):
            yield Finding(taken, 1, f"{name}.{renaming.new} is a module", instead)


def _lines_with(module: Module, name: str) -> Iterator[int]:
    for node in module.nodes:
        bound = getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "name", None)
        alias = isinstance(node, ast.alias) and (node.asname or node.name) == name
        keyword = isinstance(node, ast.keyword)
        if alias or (name in bound and not isinstance(node, ast.alias) and not keyword):
            yield getattr(node, "lineno", 1)


def _mangled(renaming: Renaming, module: Module, files: Files) -> Iterator[Finding]:
    """Yield each place that spells out a private name in which the class's own is part."""
    node = module.class_named(renaming.symbol.name)
    prefix = f"_{renaming.symbol.name.lstrip('_')}"
    words = [f"{prefix}{name}" for name in mangled([node])] if node is not None else []
    for path in files.holding(words) if words else []:
        yield Finding(
            path,
            None,
            f"this spells out a private name of {renaming.symbol.name}, which would change",
            "give the member a name without two underscores first",
        )


def _may_stay(reference: Reference) -> bool:
    documents = reference.kind in ("docs", "comment") or is_document(reference.path)
    return documents or reference.standing != "sure"
