"""The index of a tree, and where it is kept: in the git folder, or without git in the cache."""

import os
import sys
from functools import cached_property
from pathlib import Path

from carve.index.index import WordIndex
from carve.index.limits import Limits
from carve.repository import Repository

__all__ = ["index_of"]


def index_of(folder: Path, limits: Limits | None = None) -> WordIndex:
    """Return the index of the files that git knows or could know, or of all of a plain folder."""
    listed = _Listed(folder)
    return WordIndex(folder, listed.names, lambda: listed.place, limits)


class _Listed:
    """What is to be searched; git is asked once whether it has a say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._repository = Repository(folder)

    @cached_property
    def _is_git(self) -> bool:
        return self._repository.is_git

    def names(self) -> list[bytes]:
        return self._repository.names(git=self._is_git)

    @cached_property
    def place(self) -> Path | None:
        """Return the folder of the index, None for nowhere; plain folders share one."""
        if os.environ.get("CARVE_INDEX") == "off":
            return None
        if self._is_git:
            return self._repository.common_dir / "carve" / "words"
        cache = _cache()
        return cache / "carve" / "words" if cache is not None else None


def _cache() -> Path | None:
    chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if chosen.is_absolute():
        return chosen
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:  # a user without a home
        return None
