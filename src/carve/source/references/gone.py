"""Say of a module what still leads to it: each such place is a reason not to delete it."""

import fnmatch
from collections.abc import Iterator
from dataclasses import replace

from carve.errors import Finding
from carve.source.references.files import Files
from carve.source.references.modules import references_to_module

__all__ = ["still_leading_to"]

_SAID = {
    "import": "it is imported here",
    "attribute": "it is used here",
    "string": "a text names it here",
    "comment": "a comment names it here",
    "data": "data names it here",
    "docs": "a document names it here",
    "path": "its file is named here",
}


def still_leading_to(files: Files, module: str, leaves: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Yield each place that leads to `module`, but for files called like one of `leaves`."""
    for one in references_to_module(files, module):
        if any(fnmatch.fnmatch(one.path, pattern) for pattern in leaves):
            continue
        said = _SAID.get(one.kind, "it is named here")
        if one.standing == "unsure":
            said = "it may be loaded here, by a name that is put together"
        finding = one.finding(
            f"{module} is still needed: {said} ({one.kind})",
            "let it lead elsewhere, or list a file that may keep it under leaves:",
        )
        yield replace(finding, check="references")
