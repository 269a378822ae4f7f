"""The working tree that a new mixin is written to."""

from pathlib import Path

from omnibase_core.cli.request_error import RequestError
from omnibase_core.gates.tree import Tree, default_root

__all__ = ["text_of", "working_tree"]

_PACKAGE = "src/omnibase_core"


def working_tree(root: Path | None) -> Tree:
    """Return the tree at `root`, by default the one that the running package is part of."""
    found = (default_root() if root is None else root).resolve()
    if (found / _PACKAGE / "mixins/mixin_metadata.yaml").is_file():
        return Tree(found, found / _PACKAGE)
    if root is None:
        raise RequestError(
            f"omnibase_core is installed in {found}, without its sources and tests",
            "--root DIR, where DIR is a working tree",
        )
    raise RequestError(
        f"{root} is no working tree: it has no {_PACKAGE} with a registry of mixins",
        f"--root DIR, where DIR holds {_PACKAGE}",
    )


def text_of(tree: Tree, path: Path) -> str:
    """Return the text of a file, with its ends of lines as they are."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise RequestError(f"{tree.shown(path)} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{tree.shown(path)} is no UTF-8: {error}") from error
