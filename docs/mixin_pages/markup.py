"""Pieces of Markdown: text that stays text, code, links, tables and fenced blocks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from omnibase_core.utils.contract_yaml import write_document

__all__ = ["bullets", "code", "fenced", "joined", "linked", "table", "text", "value"]

_SPECIAL = re.compile(r"[\\`*_\[\]|#]")


def text(plain: object) -> str:
    """Return plain text such that Markdown leaves it alone, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", escape(" ".join(str(plain).split()), quote=False))


def code(plain: object) -> str:
    """Return a code span that holds also within a table."""
    return f"`` {plain} ``" if "`" in str(plain) else f"`{plain}`"


def value(thing: Any) -> str:
    """Return a value as a code span, written as it is in a contract."""
    return code(_flow(thing))


def linked(names: Iterable[str], links: Mapping[str, str]) -> list[str]:
    """Return each name as code, as a link where it has a page."""
    return [f"[{code(name)}]({links[name]})" if name in links else code(name) for name in names]


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {item}" for item in items)


def fenced(language: str, body: str) -> str:
    """Return a block of code."""
    return f"```{language}\n{body.rstrip()}\n```"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def joined(*blocks: str) -> str:
    """Return blocks with an empty line between them; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def _flow(thing: Any) -> str:
    if isinstance(thing, dict):
        inner = ", ".join(f"{key}: {_flow(below)}" for key, below in thing.items())
        return f"{{{inner}}}"
    if isinstance(thing, list):
        return f"[{', '.join(map(_flow, thing))}]"
    # The scalar as the writer of contracts would put it, quotes included.
    return write_document({"x": thing}).removeprefix("x:").strip()
