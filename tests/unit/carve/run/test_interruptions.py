"""Whatever is killed, and whenever: the tree is whole, and the same command again ends it.

Each kill comes right before a change to the disk or the start of a process. A few moments of each
command are tried; with EVERY_KILL=1 in the environment it is all of them.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from carving import git, tree
from killing import Killer

GOD = '''\
class God:
    """Does everything."""

    def run(self) -> int:
        return 1

    def walk(self) -> int:
        return 2

    def stay(self) -> int:
        return 3
'''
PLAN = """\
format: 1
steps:
  - id: 01-run
    do: extract_mixin
    from: pkg.god:God
    to: pkg.mixin_run:MixinRun
    members: [run]
    why: running is one thing
  - id: 02-walk
    do: extract_mixin
    from: pkg.god:God
    to: pkg.sub.mixin_walk:MixinWalk
    members: [walk]
    why: walking is another
"""
FILES = {
    "src/pkg/god.py": GOD,
    "src/pkg/sub/__init__.py": "",
    "src/pkg/.carve-mine": "this is somebody's, whatever it is called\n",
    "plan.yaml": PLAN,
    ".gitignore": "__pycache__/\n",
}
Files = dict[str, tuple[bytes, int]]
# The order of the changes decides what is there after a kill, and every Python has the same one.
pytestmark = pytest.mark.once


@dataclass(frozen=True, slots=True)
class Case:
    """The command that is killed, what comes before it, and how many moments are tried.

    With `here` it changes the tree of the user.
    """

    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    here: bool = True
    mend: bool = False
    moments: int = 4


RUN = ("run", "plan.yaml")
IN_PLACE = (*RUN, "--in-place")
EXTRACT = ("extract", "src/pkg/god.py:God", "--members", "stay", "--to", "pkg.mixin_stay:Mixin")
CASES = {
    "run": Case(RUN, here=False, moments=5),
    "in-place": Case(IN_PLACE, moments=8),
    "apply": Case(("apply", "plan.yaml", "--branch", "master"), (RUN,)),
    "undo": Case(("undo", "01-run", "plan.yaml"), (IN_PLACE,)),
    "resume": Case(("resume", "plan.yaml"), ((*RUN, "--until", "01-run"),), here=False, mend=True),
    "extract": Case(EXTRACT),
}


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Killer, Path]]:
    temporary = tmp_path_factory.mktemp("temporary")
    with Killer(temporary) as made:
        yield made, temporary


@pytest.mark.parametrize("name", CASES)
def test_a_kill_at_any_moment_costs_nothing(
    name: str, killer: tuple[Killer, Path], tmp_path: Path
) -> None:
    case, (carve, temporary) = CASES[name], killer
    template, repo = tmp_path / "template", tmp_path / "repo"
    _prepared(template, case, carve)
    shutil.copytree(template, repo)
    whole = [_files(repo)]
    done = carve.carve(repo, *case.words)
    assert done.code == 0, done.out
    final = _state(repo)
    whole.append(_files(repo))
    if name == "in-place":
        assert carve.carve(repo, "undo", "02-walk").code == 0
        whole.append(_files(repo))
    every = int(os.environ.get("EVERY_KILL") or max(1, done.changes // case.moments))
    for at in range(every, done.changes + 1, every):
        shutil.rmtree(repo)
        shutil.copytree(template, repo)
        assert carve.carve(repo, *case.words, at=at).code == -9, at
        looked = carve.carve(repo, "check", "plan.yaml") if case.here else None
        assert _files(repo) in whole[: None if case.here else 1], (at, looked)
        again = carve.carve(repo, *case.words)
        assert again.code == 0, (at, again.out)
        assert _state(repo) == final, at
        assert _left(repo, temporary) == [], at


@pytest.mark.parametrize("words", [IN_PLACE, EXTRACT], ids=["in-place", "extract"])
def test_a_full_disk_costs_nothing(
    words: tuple[str, ...], killer: tuple[Killer, Path], tmp_path: Path
) -> None:
    carve, temporary = killer
    template, repo = tmp_path / "template", tmp_path / "repo"
    # The mixins are small, so it is in the middle that there is no room for the class any more.
    tree(template, {**FILES, "src/pkg/god.py": GOD + "# more\n" * 9000})
    shutil.copytree(template, repo)
    assert carve.carve(repo, *words).code == 0
    final, whole = _state(repo), [_files(template), _files(repo)]
    for room in (100, 2_000, 40_000):
        shutil.rmtree(repo)
        shutil.copytree(template, repo)
        full = carve.carve(repo, *words, room=room)
        assert full.code in (1, 2), full
        assert "Traceback" not in full.out
        assert _files(repo) in whole, (room, full.out)
        assert carve.carve(repo, *words).code == 0
        assert _state(repo) == final, room
        assert _left(repo, temporary) == [], room


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("for root nothing is read-only, and there is no setpriv to change that")
    with Killer(tmp_path_factory.mktemp("temporary"), mortal=True) as made:
        yield made


def test_a_folder_that_is_read_only_is_told_of(mortal: Killer, tmp_path: Path) -> None:
    tree(tmp_path, FILES)
    before = _files(tmp_path)
    (tmp_path / "src/pkg").chmod(0o555)
    for words in (IN_PLACE, EXTRACT):
        done = mortal.carve(tmp_path, *words)
        assert (done.code, "cannot write: " in done.out) == (2 if words == IN_PLACE else 1, True)
        assert _files(tmp_path) == before
        assert git(tmp_path, "status", "--porcelain") == ""
    (tmp_path / "src/pkg").chmod(0o755)
    assert mortal.carve(tmp_path, *IN_PLACE).code == 0


def test_a_file_that_is_read_only_is_so_afterwards_too(mortal: Killer, tmp_path: Path) -> None:
    tree(tmp_path, FILES)
    (tmp_path / "src/pkg/god.py").chmod(0o444)
    before = _files(tmp_path)
    assert mortal.carve(tmp_path, *IN_PLACE).code == 0
    text, mode = _files(tmp_path)["src/pkg/god.py"]
    assert (b"def run" in text, mode) == (False, 0o444)
    assert mortal.carve(tmp_path, "undo", "01-run", "plan.yaml").code == 0
    assert _files(tmp_path) == before


def _prepared(folder: Path, case: Case, carve: Killer) -> None:
    tree(folder, FILES)
    git(folder, "branch", "--move", "--force", "master")
    (folder / "src/pkg/god.py").chmod(0o755)
    git(folder, "commit", "--quiet", "--all", "--message=mode")
    for words in case.before:
        done = carve.carve(folder, *words)
        assert done.code == 0, done.out
    if case.mend:
        (folder / "src/pkg/other.py").write_text("x = 1\n")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message=mend")


def _files(repo: Path) -> Files:
    found = {}
    for path in repo.rglob("*"):
        below = path.relative_to(repo)
        if below.parts[0] != ".git" and "__pycache__" not in below.parts and path.is_file():
            found[below.as_posix()] = (path.read_bytes(), path.stat().st_mode & 0o777)
    return found


def _state(repo: Path) -> tuple[str, str, str, Files]:
    """Return the trees of the branch and the run, what git says of the index, and the files."""
    ref = git(repo, "for-each-ref", "--format=%(tree)", "refs/carve/", "refs/heads/")
    head = git(repo, "rev-parse", "--abbrev-ref", "HEAD", "HEAD^{tree}")
    return head, ref, git(repo, "status", "--porcelain"), _files(repo)


def _left(repo: Path, temporary: Path) -> list[str]:
    own = list((repo / ".git/carve").glob("*"))
    locks = list((repo / ".git").rglob("*.lock"))
    trees = [*(repo / ".git").glob("worktrees/*"), *temporary.iterdir()]
    return [str(path) for path in (*own, *locks, *trees)]
