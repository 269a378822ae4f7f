"""Find every place of a tree that leads to a symbol: code, strings, data and documents."""

from collections.abc import Iterable, Iterator

from carve.plan.refs import ClassRef
from carve.source.references.code import Code
from carve.source.references.documents import in_document, page_of, source_of
from carve.source.references.files import Files
from carve.source.references.model import Reference
from carve.source.references.origins import Origins
from carve.source.references.strings import Strings
from carve.source.references.texts import Texts
from carve.source.text import Source

__all__ = ["PYTHON", "best", "references_to"]

PYTHON = (".py", ".pyi")
_ORDER = {"sure": 0, "unsure": 1, "prose": 2}


def references_to(files: Files, symbol: ClassRef) -> list[Reference]:
    """Return the references to a top-level name, by file and position.

    Only files that contain the word are read, and only Python is parsed. Raises Refused for a
    Python file that does not parse, as it may hide a reference.
    """
    origins = Origins(files)
    texts = Texts(symbol, origins)
    paths = files.holding([symbol.name])
    modules = {path: files.module_at(path) for path in paths if path.endswith(PYTHON)}
    codes = {path: Code(module, symbol, origins) for path, module in modules.items()}
    members = any(code.members for code in codes.values())
    distinct = not members and not any(code.others for code in codes.values())
    found: list[Reference] = []
    for path in paths:
        if path in codes:
            found += best(_in_code(codes[path], texts, members=members, distinct=distinct))
        elif (source := source_of(path, files.read(path) or b"")) is not None:
            found += best(_in_text(source, texts, symbol, origins, distinct=distinct))
    return found


def best(references: Iterable[Reference]) -> list[Reference]:
    """Return one reference for each place, the most certain one, in order."""
    found: dict[tuple[int, int], Reference] = {}
    for reference in references:
        known = found.get(reference.span)
        if known is None or _rank(reference) < _rank(known):
            found[reference.span] = reference
    return [found[span] for span in sorted(found)]


def _rank(reference: Reference) -> tuple[int, bool]:
    return _ORDER[reference.standing], not reference.exact


def _in_code(code: Code, texts: Texts, *, members: bool, distinct: bool) -> Iterator[Reference]:
    yield from code.find(members=members)
    yield from Strings(code, texts).find(distinct=distinct)


def _in_text(
    source: Source, texts: Texts, symbol: ClassRef, origins: Origins, *, distinct: bool
) -> Iterator[Reference]:
    page, rest = page_of(source)
    if page is not None:
        code = Code(page, symbol, origins)
        yield from _in_code(code, texts, members=True, distinct=distinct)
    yield from in_document(rest, texts, distinct=distinct)
