"""Git does what carve asks for, whatever its user has configured."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from carving import git, tree

from carve.errors import CarveError
from carve.repository import GitKilledError, Repository

ODD = "src/pkg/ä b [x].py"


def _repository(folder: Path, files: dict[str, str | bytes] | None = None) -> Repository:
    tree(folder, files or {"a.py": "a = 1\n"})
    return Repository(folder)


def test_a_clean_tree_is_not_dirty(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    assert repository.is_git
    assert repository.top == tmp_path.resolve()
    assert repository.dirty() == []


def test_changed_new_renamed_and_odd_names_are_dirty(tmp_path: Path) -> None:
    repository = _repository(tmp_path, {"a.py": "a = 1\n", "b.py": "b = 1\n" * 20})
    (tmp_path / "a.py").write_text("a = 2\n")
    git(tmp_path, "mv", "b.py", "c.py")
    (tmp_path / ODD).write_text("x = 1\n")
    assert sorted(repository.dirty()) == ["a.py", "b.py", "c.py", ODD]


def test_a_plain_folder_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("word = 1\n")
    repository = Repository(tmp_path)
    assert not repository.is_git
    assert repository.files() == ["a.py"]
    with pytest.raises(CarveError, match="not a git repository"):
        _ = repository.top


def test_an_ignored_folder_is_listed_like_a_plain_one(tmp_path: Path) -> None:
    _repository(tmp_path, {".gitignore": "out/\n"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.py").write_text("word = 1\n")
    assert Repository(tmp_path / "out").files() == ["a.py"]


def test_without_a_commit_there_is_no_head(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(CarveError, match="the repository has no commit yet"):
        Repository(tmp_path).head()


def test_files_with_odd_names_are_listed(tmp_path: Path) -> None:
    repository = _repository(tmp_path, {ODD: "word = 1\n", "b.py": "words = 1\n"})
    (tmp_path / "new.py").write_text("word = 2\n")
    assert repository.files() == ["b.py", "new.py", "src/pkg/__init__.py", ODD]
    assert repository.names(git=True) == [os.fsencode(path) for path in repository.files()]


def test_a_listing_that_fails_says_so(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    (tmp_path / ".git/index").write_bytes(b"no index")
    with pytest.raises(CarveError, match="git ls-files failed"):
        repository.files()


def test_a_configured_repository_lists_the_same(tmp_path: Path) -> None:
    _repository(tmp_path, {"src/a.py": "word = 1\n"})
    git(tmp_path, "config", "submodule.recurse", "true")
    assert Repository(tmp_path / "src").files() == ["a.py", "pkg/__init__.py"]


def test_a_commit_keeps_bytes_and_ignores_hooks_and_signing(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    for setting in ("core.autocrlf=true", "core.safecrlf=true", "commit.gpgSign=true"):
        git(tmp_path, "config", *setting.split("="))
    git(tmp_path, "config", "gpg.program", "false")
    hooks = tmp_path / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "prepare-commit-msg", "post-commit"):
        (hooks / name).write_text("#!/bin/sh\necho hooked >> hooked.txt\nexit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / ODD).write_bytes(b"x = 1\r\n")
    (tmp_path / "other.py").write_text("left out\n")
    commit = repository.commit([ODD], "# A title\n\n# kept")
    assert commit == repository.head()
    assert repository.show(commit, ODD) == b"x = 1\r\n"
    assert repository.show(commit, "other.py") is None
    assert not (tmp_path / "hooked.txt").exists()
    assert git(tmp_path, "log", "-1", "--format=%an|%B").startswith("carve|# A title\n\n# kept")


def test_a_commit_takes_removed_files_and_nothing_unasked(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    (tmp_path / "a.py").unlink()
    (tmp_path / "b.py").write_text("b = 1\n")
    empty = repository.commit([], "empty")
    assert repository.show(empty, "a.py") == b"a = 1\n"
    commit = repository.commit(["a.py"], "removed")
    assert repository.show(commit, "a.py") is None
    assert repository.dirty() == ["b.py"]


def test_a_worktree_has_the_bytes_of_the_commit(tmp_path: Path) -> None:
    repository = _repository(tmp_path / "main", {"a.py": b"a = 1\n", "b.py": b"b = 1\r\n"})
    git(tmp_path / "main", "config", "core.autocrlf", "true")
    folder = tmp_path / "work tree"
    worktree = repository.add_worktree(folder, repository.head())
    assert (folder / "a.py").read_bytes() == b"a = 1\n"
    assert (folder / "b.py").read_bytes() == b"b = 1\r\n"
    assert worktree.common_dir == repository.common_dir
    (folder / "a.py").write_bytes(b"a = 2\n")
    commit = worktree.commit(["a.py"], "two")
    repository.set_ref("refs/carve/two", commit)
    assert repository.resolve("refs/carve/two") == commit
    assert repository.resolve("refs/carve/three") is None
    assert repository.tree_of(commit) != repository.tree_of(repository.head())
    repository.remove_worktree(folder)
    assert not folder.exists()
    assert len(git(tmp_path / "main", "worktree", "list").splitlines()) == 1


def test_notes_are_kept_and_replaced(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    assert repository.note(repository.head()) is None
    repository.note(repository.head(), '{"a": 1}')
    repository.note(repository.head(), '{"a": "ä"}')
    assert (repository.note(repository.head()) or "").strip() == '{"a": "ä"}'


def test_exported_variables_do_not_lead_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = _repository(tmp_path)
    monkeypatch.setenv("GIT_DIR", os.devnull)
    assert repository.is_git


def test_what_git_says_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(CarveError, match="git rev-parse failed: fatal:"):
        _repository(tmp_path).tree_of("nothing")


@pytest.mark.parametrize(
    "ask",
    [
        lambda repository: repository.is_git,
        lambda repository: repository.top,
        lambda repository: repository.head(),
        lambda repository: repository.resolve("HEAD"),
        lambda repository: repository.show("HEAD", "a.py"),
        lambda repository: repository.note("HEAD"),
        lambda repository: repository.ignored(["a.py"]),
        lambda repository: list(repository.history("HEAD")),
    ],
)
def test_a_git_that_was_killed_has_not_said_no(
    ask: Callable[[Repository], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = _repository(tmp_path / "tree")
    (tmp_path / "git").write_text("#!/bin/sh\nkill -9 $$\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitKilledError, match=r"git [a-z-]+ was killed by signal 9"):
        ask(repository)
