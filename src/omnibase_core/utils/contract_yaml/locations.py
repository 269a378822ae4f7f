"""Parse what a `$ref` says: which file below the root, and which part of it."""

import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, NamedTuple

__all__ = ["Location", "OutsideRoot", "parse_reference", "real_path"]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BAD_ESCAPE: Final = re.compile("~(?![01])")


class Location(NamedTuple):
    """A part of a file below the root, named by the keys that lead to it."""

    file: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it as a reference from the root: `folder/file.yaml#/key/0`."""
        escaped = (key.replace("~", "~0").replace("/", "~1") for key in self.keys)
        return self.file + "".join(
            f"{'/' if index else '#/'}{k}" for index, k in enumerate(escaped)
        )


class OutsideRoot(ValueError):  # noqa: N818 - it says what was found
    """A path leads to a place that a contract must not read."""


def parse_reference(text: str, file: str) -> Location:
    """Return what `text`, written in `file`, refers to; ValueError says what is wrong with it."""
    name, _, fragment = text.partition("#")
    if fragment and not fragment.startswith("/"):
        raise ValueError(f"{text!r} has no '/' after the '#'")
    if _BAD_ESCAPE.search(fragment):
        raise ValueError(f"{text!r} has a '~' that is neither ~0 (for ~) nor ~1 (for /)")
    keys = tuple(key.replace("~1", "/").replace("~0", "~") for key in fragment.split("/")[1:])
    return Location(_joined(name, file) if name else file, keys)


def _joined(name: str, file: str) -> str:
    if "\0" in name:
        raise ValueError("it holds a NUL character")
    if _SCHEME.match(name) or name.startswith("//"):
        raise OutsideRoot(f"{name!r} is a URL or names a drive")
    if "\\" in name:
        raise ValueError(f"{name!r} has a backslash")
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        raise OutsideRoot(f"{name!r} is absolute")
    joined = os.path.normpath(PurePosixPath(file).parent / name).replace(os.sep, "/")
    if joined.split("/")[0] == "..":
        raise OutsideRoot(f"{name!r} climbs out of the root of the contracts")
    return joined


def real_path(root: Path, file: str) -> Path:
    """Return the file behind all links; OutsideRoot says that they lead out of `root`."""
    # Not Path.resolve: before Python 3.13 it raises on links that lead in a circle.
    real = Path(os.path.realpath(root / file))
    if not real.is_relative_to(os.path.realpath(root)):
        raise OutsideRoot(f"{file!r} leads out of the root of the contracts through a link")
    return real
