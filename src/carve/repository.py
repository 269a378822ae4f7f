"""Git, as far as carve needs it: what is tracked, what is dirty, worktrees, commits, notes."""

import fnmatch
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place
from carve.source.roots import word_pattern

__all__ = ["Repository"]

# Git must behave the same whatever the user has configured or exported.
_SETTINGS = (
    *("core.quotePath=false", "core.hooksPath=/dev/null", "commit.gpgSign=false", "gc.auto=0"),
    *("grep.fullName=false", "grep.patternType=default", "submodule.recurse=false"),
)
_PLAIN = tuple(word for setting in _SETTINGS for word in ("-c", setting))
# Bytes go into commits, and come out of them, as they are.
_EXACT = ("-c", "core.autocrlf=false", "-c", "core.safecrlf=false")
_AUTHOR = ("-c", "user.name=carve", "-c", "user.email=carve@localhost")
_FOREIGN = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"),
    *("GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS"),
    *("GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"),
    *("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"),
)
_NO_MATCH = 1


@dataclass(frozen=True, slots=True)
class Repository:
    """The git working tree at `folder`; a plain folder can be searched, but not committed to."""

    folder: Path

    @property
    def is_git(self) -> bool:
        """Tell whether the folder belongs to a git working tree, and is not ignored there."""
        inside = self._run("rev-parse", "--is-inside-work-tree", check=False) == "true\n"
        return inside and self._call("check-ignore", "--quiet", ".").returncode != 0

    @property
    def top(self) -> Path:
        """Return the top folder of the working tree, or say that there is none."""
        found = self._run("rev-parse", "--show-toplevel", check=False).strip()
        if not found:
            raise CarveError(
                "not a git repository",
                where=Place(str(self.folder)),
                instead="run it inside one, name one with --repo, or begin one with git init",
            )
        return Path(found)

    @property
    def common_dir(self) -> Path:
        """Return the git folder that all worktrees share."""
        found = self._run("rev-parse", "--path-format=absolute", "--git-common-dir")
        return Path(found.strip())

    def dirty(self) -> list[str]:
        """Return the paths with uncommitted changes; files that git does not track count too."""
        found = self._run(
            "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"
        )
        return [entry[3:] for entry in found.split("\0") if len(entry) > 3]  # noqa: PLR2004

    def files(self) -> list[str]:
        """Return the tracked and the untracked files that git does not ignore."""
        if not self.is_git:
            return sorted(_walk(self.folder))
        found = self._run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return sorted({path for path in found.split("\0") if path})

    def grep(self, words: list[str], *, only: str = "*.py") -> list[str]:
        """Return the text files called like `only` that hold one of `words` as a whole word."""
        if not words:
            return []
        if not self.is_git:
            return list(_search(self.folder, words, only))
        patterns = [part for word in words for part in ("-e", word)]
        command = ("grep", "-lzwFI", "--untracked", "--no-color", *patterns, "--", only)
        done = self._call(*command)
        if done.returncode > _NO_MATCH:
            raise self._failed("grep", done)
        return [
            path for path in done.stdout.decode("utf-8", "surrogateescape").split("\0") if path
        ]

    def head(self) -> str:
        """Return the commit that is checked out."""
        found = self._run("rev-parse", "--verify", "-q", "HEAD", check=False).strip()
        if not found:
            raise CarveError(
                "the repository has no commit yet",
                where=Place(str(self.folder)),
                instead="commit the tree that is to be carved",
            )
        return found

    def resolve(self, ref: str) -> str | None:
        """Return the commit that `ref` names, None when it does not exist."""
        found = self._run("rev-parse", "--verify", "-q", f"{ref}^{{commit}}", check=False)
        return found.strip() or None

    def tree_of(self, commit: str) -> str:
        """Return the hash of a commit's tree."""
        return self._run("rev-parse", f"{commit}^{{tree}}").strip()

    def show(self, commit: str, path: str) -> bytes | None:
        """Return a file as it is in a commit, None when the commit does not have it."""
        done = self._call("show", f"{commit}:{path}")
        return done.stdout if done.returncode == 0 else None

    def add_worktree(self, folder: Path, commit: str) -> "Repository":
        """Check `commit` out into a new worktree at `folder`, on no branch."""
        self._run("worktree", "prune")
        words = ("worktree", "add", "--quiet", "--detach", "--force", str(folder), commit)
        self._run(*_EXACT, *words)
        return Repository(folder)

    def remove_worktree(self, folder: Path) -> None:
        """Remove a worktree with all that is in it."""
        self._run("worktree", "remove", "--force", "--force", str(folder), check=False)
        self._run("worktree", "prune")

    def commit(self, paths: Iterable[str], message: str) -> str:
        """Commit the given paths, removed ones included, and return the commit."""
        paths = list(paths)
        if paths:
            # Without a path git would add all there is.
            self._run("--literal-pathspecs", *_EXACT, "add", "--force", "--all", "--", *paths)
        words = ("commit", "--quiet", "--allow-empty", "--no-verify", "--cleanup=whitespace")
        self._run(*_AUTHOR, *_EXACT, *words, "-m", message)
        return self.head()

    def history(self, ref: str, count: int) -> list[str]:
        """Return the last commits of `ref`, the newest first; none when it does not exist."""
        found = self._run("rev-list", "--first-parent", f"--max-count={count}", ref, check=False)
        return found.split()

    def set_ref(self, ref: str, commit: str) -> None:
        """Let `ref` name `commit`."""
        self._run("update-ref", ref, commit)

    def note(self, commit: str, text: str | None = None) -> str | None:
        """Return carve's note on a commit, or put one there."""
        ref = ("notes", "--ref=carve")
        if text is None:
            return self._run(*ref, "show", commit, check=False) or None
        self._run(*_AUTHOR, *ref, "add", "--force", "-m", text, commit)
        return text

    def _run(self, *words: str, check: bool = True) -> str:
        done = self._call(*words)
        if check and done.returncode:
            command = next(word for word in words if word[0] != "-" and "=" not in word)
            raise self._failed(command, done)
        return done.stdout.decode("utf-8", "surrogateescape") if not done.returncode else ""

    def _failed(self, command: str, done: subprocess.CompletedProcess[bytes]) -> CarveError:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason"]
        reason = [line for line in said if line.startswith(("fatal:", "error:"))] or said
        return CarveError(
            f"git {command} failed: {reason[-1]}",
            where=Place(str(self.folder)),
            instead="see git's message; nothing of yours was changed",
        )

    def _call(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
        command = ["git", *_PLAIN, "-C", str(self.folder), *words]
        try:
            return subprocess.run(  # noqa: S603 - git with our own words
                command, capture_output=True, check=False, env=environment
            )
        except FileNotFoundError as error:
            raise CarveError(
                "git is not installed", instead="install git 2.31 or newer"
            ) from error


def _walk(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _search(folder: Path, words: list[str], only: str) -> Iterator[str]:
    pattern = word_pattern(words)
    for path in _walk(folder):
        if fnmatch.fnmatch(path, only) and pattern.search((folder / path).read_bytes()):
            yield path
