"""The report as one HTML file: nothing is loaded from anywhere, and no text of it is markup."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

__all__ = ["GRAPH", "REPORT", "Look", "page"]

# What could end a script element, or begin a comment in it.
_MARKUP = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is put together from: files that come with this package."""

    markup: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


REPORT = Look(
    "page.html", ("page.css",), ("base.js", "picture.js", "steps.js", "source.js", "rest.js")
)
GRAPH = Look("graph.html", ("page.css", "graph.css"), ("base.js", "curves.js", "graph.js"))


def page(title: str, content: Mapping[str, Any], look: Look = REPORT) -> str:
    """Return the file that shows `content`.

    Its policy lets this very script and style run, and nothing else.
    """
    style = "".join(map(_part, look.styles))
    script = "".join(map(_part, look.scripts))
    parts = {
        "title": html.escape(_plain(title)),
        "style": style,
        "style-hash": _hash(style),
        "script": script,
        "script-hash": _hash(script),
        "data": _embedded(content),
    }
    text, rest = "", _part(look.markup)
    while "@" in rest:
        # Pieces are put in from left to right, so that none is looked for in another.
        before, _, after = rest.partition("@")
        name, _, rest = after.partition("@")
        text += before + parts[name]
    return text + rest


def _part(name: str) -> str:
    return files("carve.report").joinpath("page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _embedded(content: Mapping[str, Any]) -> str:
    text = json.dumps(_sayable(content), separators=(",", ":"), allow_nan=False)
    return "".join(_MARKUP.get(letter, letter) for letter in text)


def _sayable(value: Any) -> Any:
    """Return `value` with every text as one that a page can hold."""
    if isinstance(value, Mapping):
        return {_plain(str(key)): _sayable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(each) for each in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    """Return the text with half characters, which a page cannot hold, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
