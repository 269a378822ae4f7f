"""Nothing leads to a module that is to be deleted: no import, text, data, path or patch."""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.references.gone import still_leading_to
from carve.workspace import Workspace

__all__ = ["find"]


def find(workspace: Workspace, module: str, leaves: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Yield each place that still leads to the module; `leaves` are patterns of files to skip."""
    yield from still_leading_to(workspace, module, leaves)
