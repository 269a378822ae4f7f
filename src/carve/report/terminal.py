"""Words for a terminal, a pipe or a file: plain where nobody can see colours, never garbled."""

import io
import os
import re
import shutil
from collections.abc import Callable
from typing import Literal, TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

__all__ = ["Show", "counted", "lay", "line", "safe", "table", "told"]

Show = Callable[[Console], None]
_PIPED_WIDTH = 120
# Control characters move the cursor, those of direction reorder what is read.
_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def safe(text: object) -> str:
    """Return `text` with every character that a terminal would act upon written as an escape."""
    return _UNSAFE.sub(_escape, str(text))


def line(*parts: str | tuple[str, str]) -> Text:
    """Return one line of plain parts and (part, style) pairs; nothing in it is markup."""
    return Text.assemble(*parts)


def counted(number: int, noun: str) -> str:
    """Return `1 step` or `3 steps`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """Return an empty table; what does not fit in a column goes on below, nothing is cut off."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        justify: Literal["left", "right"] = "right" if name in right else "left"
        # Numbers and short words keep together; the first column names things to be copied.
        made.add_column(name, justify=justify, overflow="fold", no_wrap=name in right)
    return made


def lay(console: Console, rows: RenderableType) -> None:
    """Print a table or a tree without blanks at the ends of its lines."""
    with console.capture() as captured:
        console.print(rows)
    for text in captured.get().splitlines():
        console.file.write(f"{text.rstrip(' ')}\n")


def told(show: Show, stream: TextIO, *, wide: int = 0) -> str:
    """Return what `show` prints, made for `stream`; in a pipe at least 120 and `wide` columns."""
    sheet = _Sheet(stream.encoding or "utf-8")
    seen = stream.isatty()
    width = shutil.get_terminal_size().columns if seen else max(_PIPED_WIDTH, wide)
    console = Console(
        file=sheet,
        force_terminal=seen,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        no_color=True if os.environ.get("NO_COLOR") or not seen else None,
    )
    show(console)
    return sheet.getvalue()


class _Sheet(io.StringIO):
    """Text that says what it will be encoded as, so that a tree is drawn with what that has."""

    def __init__(self, encoding: str) -> None:
        super().__init__(newline="")
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def _escape(found: "re.Match[str]") -> str:
    code = ord(found.group())
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - a byte that is no UTF-8, as Python carries it
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - one byte
