"""The text of a file, or one clear reason why there is none."""

import os
import re
import stat
from pathlib import Path
from typing import Final

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.problems import Problem, refusal

__all__ = ["read_text"]

_NOT_UTF_8: Final = (b"\xff\xfe", b"\xfe\xff")
_BREAK: Final = re.compile("\r\n|\r|\n")
# What YAML forbids, and the line breaks that YAML 1.1 counts as such and 1.2 does not.
_UNREADABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Opening a pipe must not wait for somebody to write to it, nor Windows change line breaks.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_text(path: Path, name: str, most: int) -> str:
    """Return the text of the file, which errors call `name`, if it has `most` bytes at most."""
    try:
        content = _bytes_of(path, name, most)
    except FileNotFoundError:
        code = EnumCoreErrorCode.FILE_NOT_FOUND
        problem = Problem(Place(name), "there is no such file", "check the path", code)
        raise refusal([problem]) from None
    except IsADirectoryError:
        raise _unreadable(name, "this is a folder", "name the file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(name, f"the file cannot be read ({reason})", "check the path") from error
    return _decoded(content, name)


def _opened(path: str, _flags: int) -> int:
    return os.open(path, _FLAGS)


def _bytes_of(path: Path, name: str, most: int) -> bytes:
    with open(path, "rb", opener=_opened) as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise _unreadable(name, "this is a device or pipe", "name a regular file")
        content = file.read(most + 1) if facts.st_size <= most else b""
    if len(content) > most or facts.st_size > most:
        size = max(facts.st_size, len(content))
        what = f"the file has {size} bytes, and {most} are the most"
        raise _unreadable(name, what, "divide it, and refer to the parts with $ref")
    return content


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_NOT_UTF_8):
        raise _unreadable(name, "the file is UTF-16 or UTF-32", "save it as UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        what = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        raise _unreadable(name, what, "save the file as UTF-8", before) from None
    if odd := _UNREADABLE.search(text):
        raise _odd_character(odd[0], name, text[: odd.start()])
    return text


def _odd_character(odd: str, name: str, before: str) -> Exception:
    if odd == "\ufeff" and not before:
        return _unreadable(name, "the file begins with a byte order mark", "save it without one")
    if odd == "\0":
        return _unreadable(name, "the file holds a NUL character", "remove it", before)
    what = f"the character U+{ord(odd):04X} is not allowed in a document"
    return _unreadable(name, what, "remove it, or write an escape in double quotes", before)


def _unreadable(name: str, what: str, instead: str, before: str = "") -> Exception:
    lines = _BREAK.split(before)
    place = Place(name, len(lines), len(lines[-1]) + 1)
    return refusal([Problem(place, what, instead, EnumCoreErrorCode.FILE_READ_ERROR)])
