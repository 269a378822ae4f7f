"""Which files of a tree a module can load, and which files those can load in their turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from carve.source.roots import name_of, paths_of
from carve.source.uses import uses_of
from carve.workspace import Workspace

__all__ = ["ENGINE", "Loaded", "Reach"]

# The judge loads by name what subjects.yaml says, and nothing else of the tree.
ENGINE = "carve"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The files that can be loaded; `open_end` says why there may be more."""

    paths: frozenset[str]
    open_end: str = ""


@dataclass(slots=True)
class Reach:
    """The modules of one tree and what each of them can load, read as far as it is asked for.

    `roots` are the folders that imports start from, `files` all Python files of the tree.
    """

    tree: Workspace
    roots: tuple[str, ...]
    files: frozenset[str]
    _next: dict[str, tuple[frozenset[str], str]] = field(default_factory=dict)
    _tops: frozenset[str] = field(init=False)
    _at: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the names with which the tree's own modules can begin."""
        folders = [self.tree.folder / root for root in self.roots]
        seen = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()}
        listed = {name_of(path, self.roots).partition(".")[0] for path in self.files}
        self._tops = frozenset(name.removesuffix(".py") for name in seen) | listed

    def from_(self, paths: Iterable[str]) -> Loaded:
        """Return all that the files at `paths` can load, themselves included."""
        todo = [path for path in paths if self.tree.exists(path)]
        found = set(todo)
        open_end = ""
        while todo:
            path = todo.pop()
            further, computed = self._step(path)
            open_end = open_end or (f"{path}: {computed}" if computed else "")
            todo += further - found
            found |= further
        return Loaded(frozenset(found), open_end)

    def named(self, name: str) -> frozenset[str]:
        """Return the modules that importing `name` loads: it and the packages above it."""
        if name not in self._at:
            self._at[name] = frozenset(self._modules(name))
        return self._at[name]

    def _modules(self, name: str) -> Iterator[str]:
        if (first := name.partition(".")[0]) == ENGINE or first not in self._tops:
            return
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            named = paths_of(".".join(parts[:end]), self.roots)
            here = [path for path in named if path in self.files or self.tree.exists(path)]
            if not here and end > 1 and not self._is_folder(parts[:end]):
                return
            yield from here

    def _is_folder(self, parts: list[str]) -> bool:
        below = "/".join(parts)
        return any((self.tree.folder / root / below).is_dir() for root in self.roots)

    def _step(self, path: str) -> tuple[frozenset[str], str]:
        if path not in self._next:
            raw = self.tree.read(path) or b""
            uses = uses_of(name_of(path, self.roots), path, raw)
            found = {module for name in uses.names for module in self.named(name)}
            ends = tuple(f"/{each}" for each in uses.paths)
            found |= {each for each in self.files if ends and f"/{each}".endswith(ends)}
            self._next[path] = (frozenset(found), uses.computed)
        return self._next[path]
