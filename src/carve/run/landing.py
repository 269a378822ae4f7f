"""Move branches: one that is checked out takes its files along, all of them or none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from carve.disk import Edit, bytes_at
from carve.errors import CarveError, Place
from carve.repository import GitKilledError, Repository
from carve.run.journal import Facts
from carve.run.settling import drop_locks, journal_of
from carve.run.staging import INDEX, require_index, staged
from carve.writing import write

__all__ = ["branch_of", "commit_files", "differing", "land", "move_branch", "worktree_of"]

_MODES = {"100644", "100755"}
_NONE = "000000"


@dataclass(frozen=True, slots=True)
class _Change:
    """One file in two commits; a mode of zeros is no file."""

    path: str
    old_mode: str
    new_mode: str
    old: bytes | None
    new: bytes | None


def land(repository: Repository, target: str) -> tuple[str, ...]:
    """Let the checked-out branch be at `target`, and its files too; return their paths.

    The files keep the line ends that they were checked out with. One that is not as the commit
    has it, staged or not, is refused. The caller holds the lock.
    """
    head = repository.head()
    if head == target:
        return ()
    changes = list(_changes(repository, head, target))
    paths = [change.path for change in changes]
    require_index(repository)
    _require_clean(repository, paths)
    edits = [_edit(repository, head, target, change) for change in changes]
    journal = journal_of(repository)
    branch = _checked_out(repository)
    facts: Facts = {"ref": branch or "HEAD", "old": head, "branch": branch}

    def done() -> bool:
        return repository.head() == target

    with journal.keeping(edits, facts, done):
        if edits:
            write(repository.top, edits)
        for change in changes:
            _set_mode(repository.top / change.path, change)
            if change.new is None:
                _drop_empty(repository.top, Path(change.path).parent)
        with staged(repository, journal.home, paths, target) as install:
            _move(repository, "HEAD", target, head)
            install()
    return tuple(paths)


def move_branch(repository: Repository, name: str, target: str, old: str | None) -> None:
    """Let a branch that is not checked out be at `target`; without `old` it is a new one."""
    ref = f"refs/heads/{name}"
    with journal_of(repository).keeping([], {"ref": ref, "old": old or ""}):
        _move(repository, ref, target, old or "0" * len(target))


def commit_files(
    repository: Repository, commits: tuple[str, str], paths: list[str], message: str
) -> str | None:
    """Return a commit on the first of `commits` with `paths` as the second has them.

    None when it has them so already.
    """
    onto, source = commits
    if not (wanted := [p for p in differing(repository, onto, source) if p in set(paths)]):
        return None
    index = journal_of(repository).home / INDEX
    index.parent.mkdir(exist_ok=True)
    index.unlink(missing_ok=True)
    more = {"GIT_INDEX_FILE": str(index)}
    repository.ask("read-tree", onto, more=more)
    for path in wanted:
        found = repository.ask("--literal-pathspecs", "ls-tree", "-z", source, "--", path)
        words = ("--add", "--cacheinfo", ",".join((*found.split()[:3:2], path)))
        gone = ("--force-remove", "--", path)
        repository.ask("update-index", *(words if found else gone), more=more)
    tree = repository.ask("write-tree", more=more).strip()
    index.unlink()
    author = ("-c", "user.name=carve", "-c", "user.email=carve@localhost")
    return repository.ask(*author, "commit-tree", "-p", onto, "-m", message, tree).strip()


def differing(repository: Repository, old: str, new: str) -> list[str]:
    """Return the paths of the files that differ between two commits."""
    words = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    return [path for path in repository.ask(*words).split("\0") if path]


def branch_of(repository: Repository) -> str | None:
    """Return the name of the branch that is checked out, None for a commit on its own."""
    return _checked_out(repository).removeprefix("refs/heads/") or None


def worktree_of(repository: Repository, branch: str) -> Path | None:
    """Return the worktree that has the branch checked out, if there is one."""
    for entry in repository.ask("worktree", "list", "--porcelain").split("\n\n"):
        lines = entry.splitlines()
        if f"branch refs/heads/{branch}" in lines:
            return Path(lines[0].removeprefix("worktree "))
    return None


def _checked_out(repository: Repository) -> str:
    return repository.ask("symbolic-ref", "--quiet", "HEAD", check=False).strip()


def _move(repository: Repository, ref: str, new: str, old: str) -> None:
    try:
        repository.ask("update-ref", "-m", "carve", ref, new, old)
    except GitKilledError:
        drop_locks(repository, (ref, _checked_out(repository)))
        raise


def _changes(repository: Repository, old: str, new: str) -> Iterator[_Change]:
    words = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
    fields = iter(repository.ask(*words).split("\0")[:-1])
    for facts, path in zip(fields, fields, strict=True):
        modes = (facts[1:].split(" ")[0], facts.split(" ")[1])
        if odd := {*modes} - {*_MODES, _NONE}:
            raise CarveError(
                f"the file has the mode {min(odd)}, which carve does not write",
                where=Place(path),
                instead="check the commit out with git",
            )
        texts = [
            None if mode == _NONE else repository.raw("cat-file", "blob", f"{commit}:{path}")
            for mode, commit in zip(modes, (old, new), strict=True)
        ]
        yield _Change(path, *modes, *texts)


def _edit(repository: Repository, old: str, new: str, change: _Change) -> Edit:
    """Return the change in the form that the file has on the disk."""
    now = bytes_at(repository.top / change.path)
    if change.old is None:
        if now is not None or (repository.top / change.path).is_symlink():
            raise _dirty(repository, change.path)
        return Edit(change.path, _filtered(repository, new, change), None)
    if now == change.old:
        return Edit(change.path, change.new, now)
    if now is not None and now == repository.raw("cat-file", "--filters", f"{old}:{change.path}"):
        return Edit(change.path, _filtered(repository, new, change), now)
    raise _dirty(repository, change.path)


def _filtered(repository: Repository, commit: str, change: _Change) -> bytes | None:
    if change.new is None:
        return None
    return repository.raw("cat-file", "--filters", f"{commit}:{change.path}")


def _set_mode(target: Path, change: _Change) -> None:
    if change.new is None or change.old_mode == change.new_mode:
        return
    mode = target.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    wanted = mode | (0o111 & ~umask) if change.new_mode == "100755" else mode & ~0o111
    if wanted != mode:
        target.chmod(wanted)


def _drop_empty(top: Path, folder: Path) -> None:
    """Remove the folders that are empty now, as git does, which knows of none."""
    while folder != Path() and not any((top / folder).iterdir()):
        (top / folder).rmdir()
        folder = folder.parent


def _require_clean(repository: Repository, paths: list[str]) -> None:
    dirty = {*Repository(repository.top).dirty()}
    for path in paths:
        if path in dirty:
            raise _dirty(repository, path)


def _dirty(repository: Repository, path: str) -> CarveError:
    return CarveError(
        f"{path} has changes that are in no commit",
        where=Place(str(repository.top / path)),
        instead="commit or stash them, or remove the file, then do it again",
    )
