"""A tree of Python files: read, resolved by rope, and changed only through `write`.

Steps plan on a workspace and lay their edits over it in memory (`after`); the disk changes in
`write` alone.
"""

import ast
import fnmatch
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from rope.base.evaluate import eval_str
from rope.base.exceptions import RopeError
from rope.base.fscommands import FileSystemCommands
from rope.base.project import Project
from rope.base.pyobjects import PyClass
from rope.base.resources import File

from carve.disk import Edit, bytes_at
from carve.errors import CarveError, Place, Refused
from carve.index.index import WordIndex
from carve.index.parsing import parses, unparsable
from carve.index.place import index_of
from carve.index.words import Question
from carve.plan.refs import ClassRef
from carve.source.layout import Layout
from carve.source.members import HostClass
from carve.source.module import Module, full_name
from carve.source.roots import name_of, paths_of, prefix_of
from carve.source.text import Source
from carve.writing import write

__all__ = ["Edit", "Workspace"]


@dataclass(frozen=True)
class Workspace:
    """The files below `folder`, with `overlay` laid over them in memory (None: not there)."""

    folder: Path
    roots: tuple[str, ...] = ("src",)
    exclude: tuple[str, ...] = ()
    overlay: dict[str, bytes | None] = field(default_factory=dict)
    index: WordIndex | None = field(default=None, repr=False, compare=False)

    def after(self, edits: Iterable[Edit]) -> "Workspace":
        """Return the workspace as it would be with `edits`; the disk stays as it is."""
        overlay = {**self.overlay, **{edit.path: edit.after for edit in edits}}
        return Workspace(self.folder, self.roots, self.exclude, overlay, self._words)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, None when there is no such file."""
        return self.overlay[path] if path in self.overlay else bytes_at(self.folder / path)

    def exists(self, path: str) -> bool:
        """Tell whether there is such a file."""
        if path in self.overlay:
            return self.overlay[path] is not None
        return (self.folder / path).is_file()

    def module_at(self, path: str) -> Module:
        """Return the module in the file at `path`."""
        raw = self.read(path)
        if raw is None:
            raise CarveError(f"there is no file {path}", where=Place(path))
        return _module(self.name_of(path), path, raw)

    def name_of(self, path: str) -> str:
        """Return the dotted name under which the file at `path` is imported."""
        return name_of(path, self.roots)

    def path_of(self, module: str) -> str | None:
        """Return the file of a module below the roots, None when there is none."""
        return next(filter(self.exists, paths_of(module, self.roots)), None)

    def path_for(self, ref: ClassRef) -> str:
        """Return where a new module belongs: in the root that has its package, else the first."""
        for root in self.roots:
            if (self.folder / root / ref.package).is_dir():
                return ref.path_in(root)
        return ref.path_in(self.roots[0])

    def mentioning(self, words: Iterable[str]) -> list[str]:
        """Return the Python files that contain one of `words` as a whole word, sorted.

        Only these can refer to the names, so only these are ever parsed.
        """
        return [path for path in self.holding(words) if path.endswith(".py")]

    def holding(self, words: Iterable[str]) -> list[str]:
        """Return the text files of any kind that contain one of `words` as a whole word."""
        wanted = Question(words)
        found = set(self._words.holding(wanted)) - set(self.overlay)
        found |= {path for path, raw in self.overlay.items() if raw and wanted.is_answered_by(raw)}
        return sorted(path for path in found if not self.excludes(path))

    def python_files(self) -> list[str]:
        """Return every Python file below the roots, sorted."""
        prefixes = tuple(map(prefix_of, self.roots))
        names = (os.fsdecode(name) for name in self._words.names() if name.endswith(b".py"))
        found = {*names, *(path for path in self.overlay if path.endswith(".py"))}
        python = [path for path in found if path.startswith(prefixes)]
        return sorted(path for path in python if self.exists(path) and not self.excludes(path))

    def unparsable(self) -> list[str]:
        """Return the Python files below the roots that do not parse, sorted.

        On a tree that has an index, a text that did parse is not parsed again.
        """
        files = self.python_files()
        planned = (path for path in files if path in self.overlay)
        broken = {path for path in planned if not parses(self.overlay[path] or b"")}
        present = (path for path in files if path not in self.overlay)
        return sorted(broken.union(unparsable(self._words, present)))

    def lineage(self, host: HostClass) -> tuple[list[HostClass], list[str]]:
        """Return the host and the classes it inherits from, and the bases that cannot be seen.

        Rope follows the imports. The order is depth first, which is where a reader looks for a
        declaration; it is not the method resolution order.
        """
        known: list[HostClass] = []
        unseen: list[str] = []
        self._climb(host, known, unseen)
        return known, unseen

    def is_class(self, module: Module, expression: ast.expr) -> bool:
        """Tell whether rope knows what the expression means at the module's top: a class."""
        try:
            scope = self._project.pycore.resource_to_pyobject(File(self._project, module.path))
            found = eval_str(scope.get_scope(), ast.unparse(expression))
            return found is not None and isinstance(found.get_object(), PyClass)
        except (RopeError, RecursionError):
            return False

    @cached_property
    def layout(self) -> Layout:
        """Return the tree's own packages and its line length (ruff's or black's, else 88)."""
        return Layout.of(self.folder, self.roots)

    def write(self, edits: Iterable[Edit]) -> None:
        """Write the edits: all of them, or none when one fails."""
        try:
            write(self.folder, list(edits))
        finally:
            self._words.forget()

    def excludes(self, path: str) -> bool:
        """Tell whether no search reads the file at `path`."""
        return any(fnmatch.fnmatch(path, pattern) for pattern in self.exclude)

    @cached_property
    def _words(self) -> WordIndex:
        return self.index or index_of(self.folder)

    @cached_property
    def _project(self) -> Project:
        return _OverlaidProject(self)

    def _climb(self, host: HostClass, known: list[HostClass], unseen: list[str]) -> None:
        known.append(host)
        for base in host.node.bases:
            plain = base.value if isinstance(base, ast.Subscript) else base
            seen = self._class_meant(host.module, plain)
            if seen is None:
                unseen.append(full_name(host.module, plain))
            elif (seen.module.path, seen.name) not in {(k.module.path, k.name) for k in known}:
                self._climb(seen, known, unseen)

    def _class_meant(self, module: Module, base: ast.expr) -> HostClass | None:
        """Return the class of this tree that the expression in `module` means, if any."""
        try:
            scope = self._project.pycore.resource_to_pyobject(File(self._project, module.path))
            found = eval_str(scope.get_scope(), ast.unparse(base))
            value = found.get_object() if found is not None else None
        except (RopeError, RecursionError) as error:
            raise _unresolved(module, base, error) from error
        owner = value.get_module() if isinstance(value, PyClass) else None
        resource = owner.get_resource() if owner is not None else None
        if not isinstance(value, PyClass) or resource is None or resource.path.startswith("/"):
            return None
        return self._host_at(resource.path, value)

    def _host_at(self, path: str, value: PyClass) -> HostClass | None:
        if not self.exists(path):
            return None
        module = self.module_at(path)
        node = module.class_named(value.get_name())
        same = node is not None and node.lineno == value.get_ast().lineno
        return HostClass(module, node) if node is not None and same else None


def _unresolved(module: Module, base: ast.expr, error: Exception) -> Refused:
    return Refused(
        f"the base {ast.unparse(base)} cannot be resolved: {error}",
        check="bases-are-seen",
        where=Place(module.path, base.lineno),
        instead="mend the module that it comes from, or run carve with the Python it is for",
    )


@lru_cache(maxsize=1024)
def _module(name: str, path: str, raw: bytes) -> Module:
    """Return the same module for the same bytes: the checks ask for one file many times."""
    return Module(name, Source.decode(path, raw))


class _OverlaidProject(Project):
    """Rope on a workspace: planned files are seen as if they were on the disk."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        folders = [root for root in workspace.roots if (workspace.folder / root).is_dir()]
        Project.__init__(
            self,
            str(workspace.folder),
            fscommands=_Overlay(workspace),
            ropefolder=None,
            source_folders=folders,
            automatic_soa=False,
        )

    def get_source_folders(self) -> list[object]:
        """Return the roots alone; rope would walk the whole tree to guess more."""
        return list(self._custom_source_folders)

    def find_module(self, modname: str, folder: object = None) -> File | None:
        """Return the file of a module, planned ones included."""
        path = self._workspace.path_of(modname)
        if path is not None and path in self._workspace.overlay:
            return File(self, path)
        found: File | None = super().find_module(modname, folder)
        return found


class _Overlay(FileSystemCommands):
    """Read planned files from memory."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self, path: str) -> bytes:
        """Return the planned bytes of a file, else those on the disk."""
        folder = self._workspace.folder
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        found = self._workspace.read(relative)
        return found if found is not None else Path(path).read_bytes()
