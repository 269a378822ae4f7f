"""The two trees of a comparison: a commit, a folder, or a tree with edits, laid at one place."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from carve.disk import Edit, lay
from carve.errors import CarveError
from carve.repository import Repository

__all__ = ["Tree", "tree_of"]

_SKIPPED = frozenset({"__pycache__", "node_modules", "build", "dist"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree that can be laid anywhere, and what it is called.

    Attributes:
        title: What the reader calls it.
        folder: The folder that it is in, or whose repository has the commit.
        commit: The commit; None for the files as they are.
        edits: What is changed on top.
    """

    title: str
    folder: Path
    commit: str | None = None
    edits: tuple[Edit, ...] = ()

    def lay(self, target: Path, packages: Iterable[str] = ()) -> None:
        """Write the tree into `target`, which does not exist; git's own folder stays away.

        Files below `packages` come along although git ignores them: a build may have put them
        there, and the code does not run without them.
        """
        target.mkdir()
        if self.commit is None:
            self._copy(target, Repository(self.folder).files())
        else:
            self._unpack(target)
        self._copy(target, self._built(packages))
        lay(target, {edit.path: edit.after for edit in self.edits})

    def _copy(self, target: Path, paths: Iterable[str]) -> None:
        for path in paths:
            source, copy = self.folder / path, target / path
            if copy.exists() or not (source.is_file() or source.is_symlink()):
                continue
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy, follow_symlinks=False)

    def _unpack(self, target: Path) -> None:
        # Not `git archive`: that leaves out what `.gitattributes` keeps from releases, such as
        # the tests. The index is one of our own, outside of the tree.
        index = {"GIT_INDEX_FILE": str(target.with_name(f"{target.name}.index"))}
        repository = Repository(Repository(self.folder).top)
        below = self.folder.resolve().relative_to(repository.folder.resolve()).as_posix()
        tree = f"{self.commit}:{'' if below == '.' else below}"
        repository.ask("read-tree", "--reset", tree, more=index)
        repository.ask("checkout-index", "--all", f"--prefix={target}/", more=index)

    def _built(self, packages: Iterable[str]) -> list[str]:
        repository = Repository(self.folder)
        if not repository.is_git:
            return []
        known = set(repository.files())
        found = []
        for package in packages:
            for path in (self.folder / package).rglob("*"):
                name = path.relative_to(self.folder).as_posix()
                if name not in known and not _SKIPPED.intersection(PurePosixPath(name).parts):
                    found.append(name)
        return found


def tree_of(word: str | None, repo: Path) -> Tree:
    """Return what a word means: a commit, a folder; None is the files as they are."""
    if word is None:
        return Tree("the working tree", repo)
    repository = Repository(repo)
    commit = repository.resolve(word) if repository.is_git else None
    if commit is not None:
        return Tree(word, repo, commit)
    if Path(word).is_dir():
        return Tree(word, Path(word).resolve())
    raise CarveError(
        f"{word!r} is neither a commit nor a folder",
        instead="name a commit, a branch, a tag or a folder",
    )
