"""A text comes back byte for byte, or is refused with its line; nothing is guessed."""

import pytest

from carve.errors import Refused
from carve.index.parsing import parses
from carve.source.module import Module
from carve.source.text import Source

_KEPT = {
    "UTF-8": "größe = 1\n".encode(),
    "a mark of the byte order": b"\xef\xbb\xbfsize = 1\n",
    "a declared encoding": b"# -*- coding: latin-1 -*-\nsize = 'gr\xf6\xdfe'\n",
    "declared in the second line": b"#!/bin/python\n# vim: fileencoding=cp1252\nx = '\x80'\n",
    "several line ends": b"a = 1\r\nb = 2\nc = 3\rd = 4\r\n",
    "no line end": b"a = 1",
    "nothing": b"",
}
_REFUSED = {
    "not UTF-8": (b"a = 1\nb = '\xfc'\n", 2, "can't decode byte 0xfc"),
    "not what it declares": (b"# coding: ascii\n\nb = '\xc3\xbc'\n", 3, "'ascii' codec"),
    "unknown": (b"# coding: klingon\n", 1, "unknown encoding: klingon"),
    "no encoding of texts": (b"# coding: rot13\nvzcbeg\n", 1, "not a text encoding"),
    "two declarations": (b"\xef\xbb\xbf# coding: latin-1\n", 1, "encoding problem"),
    "UTF-16": ("a = 1\n".encode("utf-16"), 1, "cannot be decoded"),
    "many ways to write it": (b"# coding: utf-7\na = '+AGE-'\n", 1, "several ways"),
}


@pytest.mark.parametrize("name", _KEPT)
def test_bytes_come_back(name: str) -> None:
    assert Source.decode("god.py", _KEPT[name]).encode() == _KEPT[name]


@pytest.mark.parametrize("name", _REFUSED)
def test_what_cannot_come_back_is_refused(name: str) -> None:
    raw, line, reason = _REFUSED[name]
    with pytest.raises(Refused, match=reason) as caught:
        Source.decode("god.py", raw)
    assert str(caught.value.where) == f"god.py:{line}"
    assert "save it as UTF-8" in (caught.value.instead or "")


@pytest.mark.parametrize(
    "text",
    ["# coding: latin-1\na = 'é'\n", "\n# coding: latin-1\na = 'é'\n", "# coding: what\n"],
)
def test_a_text_that_python_would_read_otherwise_is_not_written(text: str) -> None:
    with pytest.raises(Refused, match="another comment would declare the file's encoding"):
        Source("god.py", text).encode()


_DEEP = {
    "brackets": "(" * 5000 + ")" * 5000,
    "signs": "-" * 90_000 + "1",
    "sums": "+".join(["1"] * 50_000),
    "attributes": "a" + ".b" * 20_000,
}


@pytest.mark.parametrize("name", _DEEP)
def test_too_deep_a_nesting_is_told(name: str) -> None:
    text = f"class God: ...\nx = {_DEEP[name]}\n"
    assert not parses(text.encode())
    with pytest.raises(Refused, match=r"the file does not parse: \w") as caught:
        _ = Module("god", Source("god.py", text)).tree
    assert caught.value.check == "file-parses"


def test_a_null_byte_is_told_with_its_line() -> None:
    with pytest.raises(Refused, match="it has a null byte") as caught:
        _ = Module("god", Source("god.py", "a = 1\nb = '\0'\n")).tree
    assert str(caught.value.where).startswith("god.py:2")
    assert not parses(b"a = '\0'\n")
