"""Say of a module what still leads to it: each such place is a reason not to delete it."""

import ast
import fnmatch
from collections.abc import Iterator
from dataclasses import replace

from carve.errors import Finding
from carve.source.module import Module
from carve.source.references.files import Files
from carve.source.references.model import Reference
from carve.source.references.modules import references_to_module
from carve.source.references.search import PYTHON

__all__ = ["still_leading_to"]

_REPLACING = frozenset({"patch", "object", "multiple", "dict", "setattr", "delattr", "setitem"})
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
    """Yield each place that leads to `module`.

    Files called like one of `leaves` may go on naming it, in texts that only speak: never in an
    import, an attribute or the target of a patch, which fail once the module is gone.
    """
    for one in references_to_module(files, module):
        listed = any(fnmatch.fnmatch(one.path, pattern) for pattern in leaves)
        needs = _needs_it(one, files, module)
        if listed and not needs:
            continue
        said = _SAID.get(one.kind, "it is named here")
        if one.standing == "unsure":
            said = "it may be loaded here, by a name that is put together"
        finding = one.finding(
            f"{module} is still needed: {said} ({one.kind})",
            "let it lead elsewhere"
            + ("" if needs else ", or list a file that may keep it under leaves:"),
        )
        yield replace(finding, check="references")


def _needs_it(one: Reference, files: Files, module: str) -> bool:
    """Tell whether the place fails when the module is gone."""
    if not one.path.endswith(PYTHON):
        return False
    if one.kind in ("import", "attribute"):
        return True
    return one.kind == "string" and one.line in set(_patched(files.module_at(one.path), module))


def _patched(module: Module, name: str) -> Iterator[int]:
    """Yield the lines of texts that something is replaced by."""
    for node in module.nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first, called = node.args[0], ast.unparse(node.func).rpartition(".")[2]
        text = first.value if isinstance(first, ast.Constant) else None
        leads = isinstance(text, str) and f"{text}.".startswith(f"{name}.")
        if called in _REPLACING and leads:
            yield first.lineno
