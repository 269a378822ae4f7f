"""A scratch folder for a scenario, and what is left in it as an observation."""

import os
from pathlib import Path
from typing import Any

__all__ = ["Files"]


class Files:
    """An empty folder; its path reads `<scratch>` in every observation."""

    def __init__(self, folder: Path) -> None:
        """Create `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def __truediv__(self, name: str) -> Path:
        """Return the path of `name` in the folder."""
        return self.folder / name

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file there, folders included, and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def left(self) -> dict[str, Any]:
        """Return each file's content by its relative path; an empty folder ends in a slash."""
        found: dict[str, Any] = {}
        for parent, folders, names in os.walk(self.folder):
            for name in names:
                path = Path(parent, name)
                found[path.relative_to(self.folder).as_posix()] = _content(path)
            if not folders and not names and Path(parent) != self.folder:
                found[f"{Path(parent).relative_to(self.folder).as_posix()}/"] = "<empty folder>"
        return dict(sorted(found.items()))


def _content(path: Path) -> Any:
    if path.is_symlink():
        return f"<link to {path.readlink()}>"
    raw = path.read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw
