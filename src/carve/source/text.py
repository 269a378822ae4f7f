"""A source file as text that can be cut and put back without changing a byte of the rest."""

import codecs
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from carve.errors import Place, Refused

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Source:
    """The text of one file; `encode()` gives back the very bytes that it was read from."""

    path: str
    text: str
    encoding: str = "utf-8"

    @classmethod
    def decode(cls, path: str, raw: bytes) -> "Source":
        """Return the text of `raw`, decoded the way Python itself would decode it."""
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
            text = raw.decode(encoding)
            same = text.encode(encoding) == raw
        except (SyntaxError, LookupError, UnicodeError) as error:
            raise Refused(
                f"the file cannot be decoded: {error}",
                check="file-is-readable",
                where=Place(path, raw[: getattr(error, "start", 0)].count(b"\n") + 1),
                instead="save it as UTF-8, or declare its encoding in the first line",
            ) from error
        if not same:
            raise Refused(
                f"the file would change when it is written: {encoding} has several ways to "
                "write one text",
                check="file-is-readable",
                where=Place(path, 1),
                instead="save it as UTF-8",
            )
        return cls(path, text, encoding)

    def encode(self) -> bytes:
        """Return the bytes to write; a byte order mark comes back where there was one."""
        name = codecs.lookup(self.encoding).name
        try:
            raw = self.text.encode("utf-8-sig" if name == "utf-8-sig" else name)
        except UnicodeEncodeError as error:
            raise Refused(
                f"the new text cannot be written in the file's encoding: {error}",
                check="file-is-writable",
                where=Place(self.path),
                instead="save the file as UTF-8, or name the mixin in plain ASCII",
            ) from error
        self._require_readable(raw)
        return raw

    def _require_readable(self, raw: bytes) -> None:
        """Refuse bytes that Python would read as another text: a declaration came or went."""
        try:
            read = Source.decode(self.path, raw).text
        except Refused:
            read = None
        if read != self.text:
            raise Refused(
                "with the new text, another comment would declare the file's encoding",
                check="file-is-writable",
                where=Place(self.path, 1),
                instead="keep such a comment away from the first two lines",
            )

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return the lines with their ends, split where Python's tokenizer splits them."""
        return tuple(_LINE.findall(self.text))

    @cached_property
    def comments(self) -> frozenset[int]:
        """Return the numbers of the lines with a comment alone; text in a string is none."""
        texts = (line.rstrip("\r\n") + "\n" for line in self.lines)
        found: set[int] = set()
        try:
            for token in tokenize.generate_tokens(lambda: next(texts, "")):
                if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
                    found.add(token.start[0])
        except (tokenize.TokenError, SyntaxError):
            return frozenset(found)
        return frozenset(found)

    @property
    def newline(self) -> str:
        """Return the line end of the first line, which new lines are given too."""
        first = self.lines[0] if self.lines else ""
        return next((end for end in ("\r\n", "\r", "\n") if first.endswith(end)), "\n")

    def slice(self, start: int, end: int) -> str:
        """Return lines `start` to `end`, both counted from 1 and included."""
        return "".join(self.lines[start - 1 : end])

    def indentation(self, line: int) -> str:
        """Return the blanks that the line begins with."""
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip())]

    def splice(self, splices: Iterable["Splice"]) -> "Source":
        """Return the text with each splice's lines replaced; splices must not overlap."""
        lines = list(self.lines)
        ordered = sorted(splices, key=lambda splice: (splice.start, splice.end), reverse=True)
        for splice in ordered:
            lines[splice.start - 1 : splice.end] = [splice.text]
        return Source(self.path, "".join(lines), self.encoding)


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines `start` to `end`, included, become `text`; `end = start - 1` inserts before."""

    start: int
    end: int
    text: str = ""
