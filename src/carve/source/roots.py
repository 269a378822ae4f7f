"""From paths to module names and back, and the words by which files are found."""

from collections.abc import Iterable, Iterator


def name_of(path: str, roots: Iterable[str]) -> str:
    """Return the dotted name under which the file at `path` is imported."""
    # The innermost root decides: with `.` and `src`, `src/pkg/mod.py` is `pkg.mod`.
    for root in sorted(roots, key=lambda root: -len(prefix_of(root))):
        if path.startswith(prefix_of(root)):
            path = path.removeprefix(prefix_of(root))
            break
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def paths_of(module: str, roots: Iterable[str]) -> Iterator[str]:
    """Yield the paths at which the module may lie, in the order in which Python looks."""
    stem = module.replace(".", "/")
    for root in roots:
        yield f"{prefix_of(root)}{stem}/__init__.py"
        yield f"{prefix_of(root)}{stem}.py"


def prefix_of(root: str) -> str:
    """Return what the paths below a root begin with; nothing for the repository itself."""
    stripped = root.strip("/")
    return "" if stripped in ("", ".") else f"{stripped}/"
