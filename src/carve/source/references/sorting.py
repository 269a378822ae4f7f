"""Keep imported names and `__all__` sorted where they were sorted before."""

import ast
import re
from collections.abc import Iterator

from carve.source.module import Module
from carve.source.references.files import Files
from carve.source.references.search import PYTHON
from carve.source.references.spots import Spots
from carve.source.text import Source

__all__ = ["kept_sorted"]

_Items = list[tuple[str, tuple[int, int]]]


def kept_sorted(texts: dict[str, Source], files: Files) -> dict[str, Source]:
    """Return the texts with each list of names in order that was in order in `files`."""
    return {
        path: _sorted(source, files.module_at(path)) if path.endswith(PYTHON) else source
        for path, source in texts.items()
    }


def _sorted(source: Source, before: Module) -> Source:
    # The names of a list change, but neither the lists nor how many entries they have.
    after = Module(before.name, source)
    text = source.text
    pairs = zip(_lists(before), _lists(after), strict=True)
    for old, new in sorted(pairs, key=lambda pair: pair[1][0][1] if pair[1] else (0, 0))[::-1]:
        names = [name for name, _ in new]
        if _in_order([name for name, _ in old]) and not _in_order(names):
            text = _reordered(text, new)
    return Source(source.path, text, source.encoding)


def _lists(module: Module) -> list[_Items]:
    spots = Spots(module.source)
    return [items for node in module.nodes for items in _items(node, spots)]


def _items(node: ast.AST, spots: Spots) -> Iterator[_Items]:
    if isinstance(node, ast.ImportFrom):
        items = [(alias.name, spots.span(alias)) for alias in node.names]
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
        elements = getattr(node.value, "elts", [])
        items = [(str(getattr(e, "value", "")), spots.span(e)) for e in elements]
    else:
        return
    # A comment belongs to its entry, so such a list is not touched.
    if items and "#" not in spots.source.text[items[0][1][0] : spots.span(node)[1]]:
        yield items


def _reordered(text: str, items: _Items) -> str:
    written = {span: text[slice(*span)] for _, span in items}
    wanted = sorted(items, key=lambda item: _key(item[0]))
    for (_, span), (_, source) in reversed(list(zip(items, wanted, strict=True))):
        text = text[: span[0]] + written[source] + text[span[1] :]
    return text


def _in_order(names: list[str]) -> bool:
    return names == sorted(names, key=_key)


def _key(name: str) -> tuple[int, list[tuple[int, str]], str]:
    """Order constants, then classes, then the rest; numbers in names count as numbers."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    parts = re.findall(r"\d+|\D+", name)
    return kind, [(int(p), "") if p.isdigit() else (0, p) for p in parts], name
