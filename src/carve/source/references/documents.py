"""Find a symbol in files that are no Python: documents, and data such as YAML or TOML."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from carve.source.module import Module
from carve.source.references.model import Kind, Reference, Standing
from carve.source.references.spots import Spots
from carve.source.references.texts import Texts
from carve.source.text import Source

__all__ = ["in_document", "is_document", "page_of", "source_of"]

_DOCUMENTS = frozenset({"", ".md", ".rst", ".txt", ".adoc", ".html"})
_BLOCK = re.compile(
    r"^```[ \t]*(?:python|py|pycon)\b[^\r\n]*\r?\n(.*?)^```", re.MULTILINE | re.DOTALL
)
_BINARY = b"\0"


def source_of(path: str, raw: bytes) -> Source | None:
    """Return a file as text that gives back the same bytes; None for a binary one."""
    if _BINARY in raw:
        return None
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return Source(path, raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Source(path, raw.decode("latin-1"), "latin-1")


def is_document(path: str) -> bool:
    """Tell whether a file is there to be read by people."""
    return PurePosixPath(path).suffix.lower() in _DOCUMENTS


def page_of(source: Source) -> tuple[Module | None, Source]:
    """Return the Python of a Markdown page as one module, and the page without it.

    Both are as long as the page, so that offsets in them are offsets in the page. Blocks that do
    not parse together count one by one, and those that do not parse at all stay text.
    """
    if not source.path.lower().endswith(".md"):
        return None, source
    spans = [found.span(1) for found in _BLOCK.finditer(source.text)]
    for chosen in (spans, [span for span in spans if _parses(_only(source, [span]))]):
        code = _only(source, chosen)
        if chosen and _parses(code):
            rest = Source(source.path, _blanked(source.text, chosen), source.encoding)
            # Nothing can be imported from a page, so its name is not one of a module.
            return Module(f"<{source.path}>", code), rest
    return None, source


def in_document(source: Source, texts: Texts, *, distinct: bool) -> Iterator[Reference]:
    """Yield the references in a text; what is only spoken of there is prose."""
    document = is_document(source.path)
    spots, text = Spots(source), source.text
    kind: Kind = "docs" if document else "data"
    for hit in (*texts.qualified(text, 0, len(text)), *texts.imports(text)):
        standing: Standing = "prose" if document and hit.standing == "unsure" else hit.standing
        yield spots.reference(kind, hit.span, owner=hit.owner, standing=standing)
    marked = set(texts.spanned(text, 0, len(text))) if document and distinct else set()
    for start, end in texts.words(text, 0, len(text)):
        if document:
            standing = "sure" if (start, end) in marked else "prose"
        else:
            standing = "unsure" if _is_value(text, start, end) else "prose"
        yield spots.reference(kind, (start, end), standing=standing)


def _is_value(text: str, start: int, end: int) -> bool:
    """Tell whether a word, or a member of it, stands alone as a key or value of data."""
    left = text[:start].rpartition("\n")[2].rstrip(" \t\"'")
    right = re.match(r"(?:\.\w+)*[\"']?[ \t]*(.?)", text[end : end + 200])
    after = right[1] if right else ""
    return (not left or left[-1] in ":=,[{(-<>|&*") and after in ("", ",", "]", "}", ")", "#", ":")


def _only(source: Source, spans: list[tuple[int, int]]) -> Source:
    """Return the text with everything but the spans blanked."""
    gaps = list(
        zip(
            [0, *(end for _, end in spans)],
            [*(s for s, _ in spans), len(source.text)],
            strict=True,
        )
    )
    return Source(source.path, _blanked(source.text, gaps), source.encoding)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]
    return text


def _parses(source: Source) -> bool:
    try:
        ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
