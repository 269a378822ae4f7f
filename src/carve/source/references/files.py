"""What the search for references asks of a tree of files; a workspace has all of it."""

from collections.abc import Iterable
from typing import Protocol

from carve.source.module import Module

__all__ = ["Files"]


class Files(Protocol):
    """A tree that can be read, and searched for words."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, None when there is no such file."""

    def module_at(self, path: str) -> Module:
        """Return the module in the file at `path`."""

    def path_of(self, module: str) -> str | None:
        """Return the file of a module below the roots, None when there is none."""

    def holding(self, words: Iterable[str]) -> list[str]:
        """Return the files of any kind that contain one of `words` as a whole word, sorted."""
