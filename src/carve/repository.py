"""Git, as far as carve needs it: what is tracked, what is dirty, worktrees, commits, notes."""

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = ["GitKilledError", "Repository"]

# Git must behave the same whatever the user has configured or exported.
_SETTINGS = (
    *("core.quotePath=false", "core.hooksPath=/dev/null", "commit.gpgSign=false"),
    # A kill would leave the lock of a maintenance that nobody has asked for.
    *("gc.auto=0", "maintenance.auto=false", "submodule.recurse=false"),
    # A daemon would outlive the lock that it inherits.
    *("core.fsmonitor=false", "log.showSignature=false"),
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
# Whoever only looks must not take, and so cannot leave, a lock on the user's index.
_LOOKING = {"GIT_OPTIONAL_LOCKS": "0"}
_FEW = 64
_FAREWELL = 10.0
_Done = subprocess.CompletedProcess[bytes]
_PLACES: dict[tuple[Path, tuple[str, ...]], str] = {}


class GitKilledError(CarveError):
    """A git was killed, so that it may have left its locks behind."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The git working tree at `folder`; a plain folder can be searched, but not committed to."""

    folder: Path

    @property
    def is_git(self) -> bool:
        """Tell whether the folder belongs to a git working tree, and is not ignored there."""
        inside = self.ask("rev-parse", "--is-inside-work-tree", check=False) == "true\n"
        return inside and self._call("check-ignore", "--quiet", ".").returncode != 0

    @property
    def top(self) -> Path:
        """Return the top folder of the working tree, or say that there is none."""
        found = self._place("--show-toplevel", check=False)
        if not found:
            raise CarveError(
                "not a git repository",
                where=Place(str(self.folder)),
                instead="run it inside one, name one with --repo, or begin one with git init",
            )
        return Path(found)

    @property
    def git_dir(self) -> Path:
        """Return the git folder that belongs to this worktree alone."""
        return Path(self._place("--absolute-git-dir"))

    @property
    def common_dir(self) -> Path:
        """Return the git folder that all worktrees share."""
        return Path(self._place("--path-format=absolute", "--git-common-dir"))

    def dirty(self) -> list[str]:
        """Return the paths with uncommitted changes; files that git does not track count too."""
        found = self.ask("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        return [entry[3:] for entry in found.split("\0") if len(entry) > 3]  # noqa: PLR2004

    def files(self) -> list[str]:
        """Return the tracked and the untracked files that git does not ignore."""
        return sorted(map(os.fsdecode, self.names(git=self.is_git)))

    def ignored(self, paths: Iterable[str]) -> list[str]:
        """Return those of the paths that git ignores; none where it ignores the whole folder."""
        asked = [".", *paths]
        done = self._call("check-ignore", "-z", "--stdin", given="\0".join(asked))
        found = [os.fsdecode(path) for path in done.stdout.split(b"\0") if path]
        return [] if "." in found else found

    def names(self, *, git: bool) -> list[bytes]:
        """Return the files as the system names them, sorted so; `git` is what `is_git` says."""
        if not git:
            return sorted(map(os.fsencode, _walk(self.folder)))
        found = self.raw("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return sorted({path for path in found.split(b"\0") if path})

    def raw(self, *words: str) -> bytes:
        """Return the bytes that git prints."""
        done = self._call(*words)
        if done.returncode:
            raise self._failed(words, done)
        return done.stdout

    def head(self) -> str:
        """Return the commit that is checked out."""
        found = self.ask("rev-parse", "--verify", "-q", "HEAD", check=False).strip()
        if not found:
            raise CarveError(
                "the repository has no commit yet",
                where=Place(str(self.folder)),
                instead="commit the tree that is to be carved",
            )
        return found

    def resolve(self, ref: str) -> str | None:
        """Return the commit that `ref` names, None when it does not exist."""
        found = self.ask("rev-parse", "--verify", "-q", f"{ref}^{{commit}}", check=False)
        return found.strip() or None

    def tree_of(self, commit: str) -> str:
        """Return the hash of a commit's tree."""
        return self.ask("rev-parse", f"{commit}^{{tree}}").strip()

    def show(self, commit: str, path: str) -> bytes | None:
        """Return a file as it is in a commit, None when the commit does not have it."""
        done = self._call("show", f"{commit}:{path}")
        return done.stdout if done.returncode == 0 else None

    def add_worktree(self, folder: Path, commit: str) -> "Repository":
        """Check `commit` out into a new worktree at `folder`, on no branch."""
        self.ask("worktree", "prune")
        words = ("worktree", "add", "--quiet", "--detach", "--force", str(folder), commit)
        self.ask(*_EXACT, *words)
        return Repository(folder)

    def remove_worktree(self, folder: Path) -> None:
        """Remove a worktree with all that is in it."""
        with contextlib.suppress(GitKilledError):  # what is left of it, the caller removes
            self.ask("worktree", "remove", "--force", "--force", str(folder), check=False)
        self.ask("worktree", "prune")

    def commit(self, paths: Iterable[str], message: str) -> str:
        """Commit the given paths, removed ones included, and return the commit."""
        paths = list(paths)
        if paths:
            # Without a path git would add all there is.
            self.ask("--literal-pathspecs", *_EXACT, "add", "--force", "--all", "--", *paths)
        words = ("commit", "--quiet", "--allow-empty", "--no-verify", "--cleanup=whitespace")
        self.ask(*_AUTHOR, *_EXACT, *words, "-m", message)
        return self.head()

    def history(self, ref: str) -> Iterator[tuple[str, str]]:
        """Yield the commits of `ref`, the newest first, each with carve's note on it."""
        start, count = self.resolve(ref), _FEW
        while start:
            form = ("--first-parent", "-z", "--format=%H%n%N", "--notes=carve")
            found = self.ask("log", *form, f"--max-count={count + 1}", start)
            entries = [entry.partition("\n") for entry in found.split("\0") if entry]
            yield from ((commit, note) for commit, _, note in entries[:count])
            start, count = (entries[count][0] if len(entries) > count else None), count * 4

    def set_ref(self, ref: str, commit: str) -> None:
        """Let `ref` name `commit`."""
        self.ask("update-ref", ref, commit)

    def note(self, commit: str, text: str | None = None) -> str | None:
        """Return carve's note on a commit, or put one there."""
        ref = ("notes", "--ref=carve")
        if text is None:
            return self.ask(*ref, "show", commit, check=False) or None
        self.ask(*_AUTHOR, *ref, "add", "--force", "-m", text, commit)
        return text

    def ask(self, *words: str, check: bool = True, more: Mapping[str, str] | None = None) -> str:
        """Return what git prints, nothing if it fails without `check`; `more` are variables."""
        done = self._call(*words, more=more)
        if check and done.returncode:
            raise self._failed(words, done)
        return done.stdout.decode("utf-8", "surrogateescape") if not done.returncode else ""

    def _place(self, *words: str, check: bool = True) -> str:
        """Return what git says of a place; it is asked once, as places stay where they are."""
        key = (self.folder.absolute(), words)
        if not _PLACES.get(key):
            _PLACES[key] = self.ask("rev-parse", *words, check=check).strip()
        return _PLACES[key]

    def _failed(self, words: tuple[str, ...], done: _Done) -> CarveError:
        command = next(word for word in words if word[0] != "-" and "=" not in word)
        if done.returncode < 0:
            return GitKilledError(
                f"git {command} was killed by signal {-done.returncode}",
                where=Place(str(self.folder)),
                instead="the same command again goes on",
            )
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason"]
        reason = [line for line in said if line.startswith(("fatal:", "error:"))] or said
        return CarveError(
            f"git {command} failed: {reason[-1]}",
            where=Place(str(self.folder)),
            instead="see git's message; nothing of yours was changed",
        )

    def _call(self, *words: str, more: Mapping[str, str] | None = None, given: str = "") -> _Done:
        kept = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
        environment = {**kept, **_LOOKING, **(more or {})}
        command = ["git", *_PLAIN, "-C", str(self.folder), *words]
        try:
            process = subprocess.Popen(  # noqa: S603 - git with our own words
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                # Git inherits the lock of a run, and holds it until it is done as well.
                close_fds=False,
            )
        except FileNotFoundError as error:
            raise CarveError(
                "git is not installed", instead="install git 2.31 or newer"
            ) from error
        done = subprocess.CompletedProcess(command, *_ended(process, os.fsencode(given)))
        if done.returncode < 0:  # to say nothing is no answer, not even no
            raise self._failed(words, done)
        return done


def _ended(process: subprocess.Popen[bytes], given: bytes) -> tuple[int, bytes, bytes]:
    """Return how git has ended, and what it said; an interruption gives it time to tidy up."""
    with process:
        try:
            out, err = process.communicate(given)
        except BaseException:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_FAREWELL)
            process.kill()
            raise
    return process.returncode, out, err


def _walk(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            yield (Path(parent) / name).relative_to(folder).as_posix()
