"""A branch that is checked out takes its files along, with the bytes and modes that git gives."""

import shutil
from pathlib import Path

import pytest
from carving import git, tree

from carve.disk import Edit, lay
from carve.errors import CarveError
from carve.repository import Repository
from carve.run.landing import land
from carve.run.settling import settled
from carve.writing import write

BEFORE: dict[str, str | bytes] = {
    "src/pkg/lines.py": b"x = 1\r\ny = 2\r\n",
    "src/pkg/mode.py": "x = 1\n",
    "src/pkg/old/only.py": "x = 1\n",
    "src/pkg/no_end.py": b"x = 'caf\xe9'",
    ".gitattributes": "lines.py -text\n",
}


def _two(folder: Path) -> tuple[str, str]:
    """Return two commits, the first of them checked out."""
    tree(folder, BEFORE)
    git(folder, "branch", "--move", "--force", "main")
    (folder / "link.py").symlink_to("src/pkg/mode.py")
    (folder / "src/pkg/old/only.py").chmod(0o755)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=before")
    first = git(folder, "rev-parse", "HEAD").strip()
    shutil.rmtree(folder / "src/pkg/old")
    (folder / "src/pkg/new/deep").mkdir(parents=True)
    (folder / "src/pkg/new/deep/made.py").write_text("x = 1\n")
    (folder / "src/pkg/new/deep/made.py").chmod(0o755)
    (folder / "src/pkg/mode.py").chmod(0o755)
    (folder / "src/pkg/lines.py").write_bytes(b"x = 1\r\n")
    (folder / "src/pkg/no_end.py").write_bytes(b"")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=after")
    second = git(folder, "rev-parse", "HEAD").strip()
    git(folder, "reset", "--quiet", "--hard", first)
    return first, second


def _all(folder: Path) -> dict[str, tuple[object, int]]:
    """Return what there is in the tree: links, folders, bytes and modes."""
    found: dict[str, tuple[object, int]] = {}
    for path in folder.rglob("*"):
        below = path.relative_to(folder)
        if below.parts[0] != ".git":
            kind = path.readlink() if path.is_symlink() else path.is_dir() or path.read_bytes()
            found[str(below)] = (kind, path.lstat().st_mode)
    return found


def _land(folder: Path, commit: str) -> None:
    repository = Repository(folder)
    with settled(repository):
        land(repository, commit)


def test_landing_and_taking_back_give_what_git_gives(tmp_path: Path) -> None:
    first, second = _two(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b", symlinks=True)
    (tmp_path / "a/mine.txt").write_text("staged\n")
    git(tmp_path / "a", "add", "mine.txt")
    before = _all(tmp_path / "a")
    _land(tmp_path / "a", second)
    git(tmp_path / "b", "reset", "--quiet", "--hard", second)
    landed = _all(tmp_path / "a")
    assert landed.pop("mine.txt")[0] == b"staged\n"
    assert landed == _all(tmp_path / "b")
    assert git(tmp_path / "a", "status", "--porcelain") == "A  mine.txt\n"
    assert git(tmp_path / "a", "symbolic-ref", "HEAD") == "refs/heads/main\n"
    _land(tmp_path / "a", first)
    assert _all(tmp_path / "a") == before
    assert git(tmp_path / "a", "status", "--porcelain") == "A  mine.txt\n"
    assert not (tmp_path / "a/.git/carve").exists()


def test_where_the_index_is_locked_nothing_moves(tmp_path: Path) -> None:
    first, second = _two(tmp_path)
    before = _all(tmp_path)
    (tmp_path / ".git/index.lock").touch()
    with pytest.raises(CarveError, match="another git has locked the index"):
        _land(tmp_path, second)
    assert (_all(tmp_path), Repository(tmp_path).head()) == (before, first)
    assert (tmp_path / ".git/index.lock").exists()


def test_a_link_is_not_written_through_and_not_replaced(tmp_path: Path) -> None:
    _two(tmp_path)
    with pytest.raises(CarveError, match=r"link\.py is a symbolic link"):
        write(tmp_path, [Edit("link.py", b"x = 3\n", b"x = 1\n")])
    lay(tmp_path, {"link.py": b"x = 3\n"})
    assert (tmp_path / "src/pkg/mode.py").read_bytes() == b"x = 1\n"
