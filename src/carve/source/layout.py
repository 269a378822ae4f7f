"""How a repository writes its code, as far as new lines have to follow."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place


@dataclass(frozen=True, slots=True)
class Layout:
    """How the repository writes code: its own packages, and its line length."""

    first_party: frozenset[str]
    width: int = 88

    @classmethod
    def of(cls, folder: Path, roots: Iterable[str]) -> "Layout":
        """Return the packages below the roots, and the width that ruff or black is told."""
        tools = _tools(folder / "pyproject.toml")
        widths = [tools.get(tool, {}).get("line-length") for tool in ("ruff", "black")]
        own = {
            child.name.removesuffix(".py")
            for root in roots
            if (folder / root).is_dir()
            for child in (folder / root).iterdir()
            if (child.is_dir() and child.name.isidentifier()) or child.suffix == ".py"
        }
        width = next((width for width in widths if isinstance(width, int)), 88)
        return cls(frozenset(own), width)


def _tools(path: Path) -> dict[str, dict[str, object]]:
    if not path.is_file():
        return {}
    try:
        found: dict[str, dict[str, object]] = tomllib.loads(path.read_text("utf-8")).get(
            "tool", {}
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CarveError(
            f"pyproject.toml cannot be read: {error}",
            where=Place("pyproject.toml"),
            instead="mend it; carve takes the line length from there",
        ) from error
    return found
