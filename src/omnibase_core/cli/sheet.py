"""Lines of text that fit a terminal: headings, paragraphs and tables, in colour where it helps."""

import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

__all__ = ["Cell", "Sheet", "safe"]

Cell = str | tuple[str, str]

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_GAP: Final = 2
_NARROWEST: Final = 8
_PIPED: Final = (120, 24)
# Control characters move the cursor, those of direction reorder what is read.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def safe(text: object) -> str:
    """Return one line of text in which every character that a terminal acts upon is escaped."""
    return _UNSAFE.sub(lambda found: repr(found.group())[1:-1], str(text))


class Sheet:
    """Collects lines for a stream; nothing is cut off, what does not fit goes on below."""

    def __init__(self, stream: TextIO | None) -> None:
        """Find out how wide the stream is and whether anybody can see colours there."""
        seen = stream is not None and stream.isatty()
        self.width = max(shutil.get_terminal_size(_PIPED).columns, 20)
        self.colours = seen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._lines: list[str] = []

    def text(self) -> str:
        """Return everything that was added."""
        return "".join(f"{line}\n" for line in self._lines)

    def blank(self) -> None:
        """Add an empty line, but never two, and none at the top."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def raw(self, text: str) -> None:
        """Add text as it is, to be copied."""
        self._lines += text.splitlines()

    def heading(self, text: str) -> None:
        """Add a line that stands out, after an empty one."""
        self.blank()
        self.line(text, style="bold")

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """Add a paragraph; what belongs to it stands further in."""
        for part in self._wrapped(text, self.width - indent, further="  "):
            self._lines.append(" " * indent + self._styled(part, style))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table, or where that is too wide a list of rows."""
        cells = [[_split(cell) for cell in row] for row in rows]
        widths = self._widths([[(column, "") for column in columns], *cells])
        if widths is None:
            for row in cells:
                for column, (text, style) in zip(columns, row, strict=True):
                    self.line(f"{column}: {text}", style)
                self.blank()
            return
        self._row([(column, "bold") for column in columns], widths)
        for row in cells:
            self._row(row, widths)

    def _row(self, cells: Sequence[tuple[str, str]], widths: Sequence[int]) -> None:
        parts = [
            self._wrapped(text, width) for (text, _), width in zip(cells, widths, strict=True)
        ]
        for number in range(max(map(len, parts))):
            line = ""
            shown = 0
            for part, (_, style), start in zip(parts, cells, _starts(widths), strict=True):
                text = part[number] if number < len(part) else ""
                if text:
                    line += " " * (start - shown) + self._styled(text, style)
                    shown = start + len(text)
            self._lines.append(line)

    def _widths(self, rows: Sequence[Sequence[tuple[str, str]]]) -> list[int] | None:
        """Return a width a column: what it needs, less where it needs most; None if in vain."""
        widths = [max(len(safe(text)) for text, _ in column) for column in zip(*rows, strict=True)]
        least = [min(width, _NARROWEST) for width in widths]
        room = self.width - _GAP * (len(widths) - 1)
        # The first column names things to be copied.
        least[0] = max(least[0], min(widths[0], room - sum(least[1:]), room // 2))
        if sum(least) > room:
            return None
        while (excess := sum(widths) - room) > 0:
            widest = max(range(len(widths)), key=lambda index: widths[index] - least[index])
            others = [width for index, width in enumerate(widths) if index != widest]
            target = max(max(others, default=0), widths[widest] - excess, least[widest])
            widths[widest] = target if target < widths[widest] else widths[widest] - 1
        return widths

    def _wrapped(self, text: str, width: int, further: str = "") -> list[str]:
        lines = textwrap.wrap(
            safe(text), max(width, 4), break_on_hyphens=False, subsequent_indent=further
        )
        return lines or [""]

    def _styled(self, text: str, style: str) -> str:
        if not (style and self.colours):
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def _split(cell: Cell) -> tuple[str, str]:
    return cell if isinstance(cell, tuple) else (cell, "")


def _starts(widths: Sequence[int]) -> list[int]:
    return [sum(widths[:index]) + _GAP * index for index in range(len(widths))]
