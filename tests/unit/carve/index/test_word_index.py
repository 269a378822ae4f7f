"""Whatever is kept of a tree, a search finds what is in its files at this moment."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from carving import begin, git

from carve.disk import Edit
from carve.index.index import WordIndex
from carve.index.layout import FOLDER, file_in
from carve.index.limits import Limits
from carve.index.parsing import unparsable
from carve.index.place import index_of
from carve.index.words import Question
from carve.workspace import Workspace

SETTLED = 0.03
PAGE = 4096
ALWAYS = Limits(fewest_files=0, trusted_seconds=0, trusted_times=0, settled_seconds=SETTLED)
TREE = {"src/a.py": "alpha = 1\n", "src/b.py": "beta = alpha\n", "notes.md": "alphabet, beta\n"}


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def written(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write a plain folder, and wait until its files count as unchanged."""
    for path, text in (TREE if files is None else files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    time.sleep(SETTLED * 2)
    return folder


def repository(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    begin(folder)
    written(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return folder


def found(folder: Path, *words: str, limits: Limits = ALWAYS) -> list[str]:
    """Ask as a new command would."""
    return index_of(folder, limits).holding(Question(words))


def kept(folder: Path) -> Path:
    """Return the file of the index, which may be there or not."""
    place = index_of(folder)._home()
    assert place is not None
    return file_in(place)


def execute(file: Path, *commands: str) -> None:
    base = sqlite3.connect(file, isolation_level=None)
    for command in commands:
        base.execute(command)
    base.close()


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    base = sqlite3.connect(kept(folder))
    try:
        return base.execute(query).fetchall()
    finally:
        base.close()


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Return a plain folder of which the index knows every file."""
    folder = written(tmp_path)
    assert found(folder, "alpha") == ["src/a.py", "src/b.py"]
    assert len(rows(folder, "select * from file where stamp != x''")) == len(TREE)
    return folder


def test_what_is_known_is_not_read_again(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    plain = os.open

    def counted(path: "str | bytes | int", flags: int, mode: int = 0o777, **more: int) -> int:
        opened.append(path)
        return plain(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", counted)
    assert found(known, "beta") == ["notes.md", "src/b.py"]
    assert opened == []
    (known / "src/c.py").write_text("beta\n")
    assert found(known, "beta") == ["notes.md", "src/b.py", "src/c.py"]
    assert {Path(os.fsdecode(str(path, "utf-8"))).name for path in opened} == {"c.py"}  # type: ignore[arg-type]


def _same_size_and_time(folder: Path) -> None:
    seen = (folder / "src/a.py").stat()
    (folder / "src/a.py").write_text("gamma = 1\n")
    os.utime(folder / "src/a.py", ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _replaced(folder: Path) -> None:
    seen = (folder / "src/a.py").stat()
    (folder / "new").write_text("gamma = 1\n")
    os.utime(folder / "new", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    (folder / "new").replace(folder / "src/a.py")


def _written_through_a_link(folder: Path) -> None:
    other = folder.parent / "link.py"
    other.hardlink_to(folder / "src/a.py")
    other.write_text("gamma = 1\n")


def _swapped(folder: Path) -> None:
    (folder / "src/a.py").rename(folder / "x")
    (folder / "src/b.py").rename(folder / "src/a.py")
    (folder / "x").rename(folder / "src/b.py")


def _moved(folder: Path) -> None:
    (folder / "src").rename(folder / "lib")


def _removed(folder: Path) -> None:
    (folder / "src/a.py").unlink()


def _made_a_link(folder: Path) -> None:
    (folder / "src/a.py").unlink()
    (folder / "src/a.py").symlink_to("b.py")


def _made_a_folder(folder: Path) -> None:
    (folder / "src/a.py").unlink()
    written(folder, {"src/a.py/alpha.py": "alpha\n"})


def _made_binary(folder: Path) -> None:
    (folder / "src/a.py").write_bytes(b"\0 alpha\n")


@pytest.mark.parametrize(
    ("change", "alpha", "gamma"),
    [
        (_same_size_and_time, ["src/b.py"], ["src/a.py"]),
        (_replaced, ["src/b.py"], ["src/a.py"]),
        (_written_through_a_link, ["src/b.py"], ["src/a.py"]),
        (_swapped, ["src/a.py", "src/b.py"], []),
        (_moved, ["lib/a.py", "lib/b.py"], []),
        (_removed, ["src/b.py"], []),
        (_made_a_link, ["src/b.py"], []),
        (_made_a_folder, ["src/a.py/alpha.py", "src/b.py"], []),
        (_made_binary, ["src/b.py"], []),
    ],
)
def test_a_change_is_seen(
    known: Path, change: Callable[[Path], None], alpha: list[str], gamma: list[str]
) -> None:
    change(known)
    for _ in range(2):
        assert found(known, "alpha") == alpha
        assert found(known, "gamma") == gamma


def test_a_file_that_changes_within_one_tick_of_the_clock_is_read_again(tmp_path: Path) -> None:
    limits = Limits(fewest_files=0, trusted_seconds=0, trusted_times=0)
    index = index_of(written(tmp_path), limits)
    for turn in range(30):
        word = ("alpha", "gamma")[turn % 2]
        (tmp_path / "src/a.py").write_text(f"{word} = 1\n")
        assert ("src/a.py" in index.holding(Question(["alpha"]))) == (word == "alpha")
    assert (b"src/a.py", b"") in rows(tmp_path, "select path, stamp from file")


def test_words_of_any_kind_are_found(tmp_path: Path) -> None:
    text = "naïve a.b 0x1f _x1 x__y ünder\nlong" + "g" * 300 + " Änd\n"
    folder = written(tmp_path, {"a.py": text, "b.py": "xnaïve a.bc 10x1f x_x1 nai ve b a und\n"})
    for _ in range(2):
        for word in ("naïve", "a.b", "0x1f", "_x1", "x__y", "ünder", "long" + "g" * 300, "Änd"):
            assert found(folder, word) == ["a.py"], word
        assert found(folder, "a", "b") == ["a.py", "b.py"]
        assert found(folder, "g", "xx", "") == []
        assert found(folder) == []


def test_long_files_are_searched_and_not_kept(tmp_path: Path) -> None:
    folder = written(tmp_path, {"data.json": "word " + "filler " * 200_000, "a.py": "word\n"})
    for _ in range(2):
        assert found(folder, "word") == ["a.py", "data.json"]
        assert found(folder, "filler") == ["data.json"]
    assert rows(folder, "select count(*) from file") == [(1,)]


def test_the_index_grows_by_a_share_in_each_command(tmp_path: Path) -> None:
    folder = written(tmp_path, {f"m{n}.py": f"word name{n}\n" for n in range(9)})
    few = Limits(0, bytes_at_once=30, trusted_seconds=0, trusted_times=0, settled_seconds=SETTLED)
    sizes = []
    for _ in range(5):
        assert len(found(folder, "word", limits=few)) == 9
        assert found(folder, "name7", limits=few) == ["m7.py"]
        sizes += rows(folder, "select count(*) from file")
    assert sizes == sorted(sizes)
    assert (0,) < sizes[0] < (9,)
    assert sizes[-1] == (9,)


def test_a_small_tree_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    assert found(repository(tmp_path), "alpha", limits=Limits()) == ["src/a.py", "src/b.py"]
    assert not kept(tmp_path).parent.exists()


def test_what_was_just_looked_at_counts_until_something_is_written(tmp_path: Path) -> None:
    index = index_of(written(tmp_path), Limits(fewest_files=0, trusted_seconds=60))
    workspace = Workspace(tmp_path, index=index)
    assert workspace.mentioning(["gamma"]) == []
    edit = Edit("src/a.py", b"gamma = 1\n", b"alpha = 1\n")
    later = workspace.after([edit])
    assert (later.mentioning(["gamma"]), later.mentioning(["alpha"])) == (
        ["src/a.py"],
        ["src/b.py"],
    )
    assert later.index is index
    workspace.write([edit])
    assert workspace.mentioning(["gamma"]) == ["src/a.py"]


def test_git_says_which_files_count(tmp_path: Path) -> None:
    folder = repository(tmp_path / "main", {**TREE, ".gitignore": "out/\nkept.py\n"})
    inner = repository(tmp_path / "inner")
    git(
        folder,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(inner),
        "sub",
    )
    repository(folder / "nested")
    written(folder, {"out/x.py": "alpha\n", "kept.py": "alpha\n", "ä b.py": "alpha\n"})
    git(folder, "add", "--force", "kept.py")
    expected = ["kept.py", "src/a.py", "src/b.py", "ä b.py"]
    for _ in range(2):
        assert found(folder, "alpha") == expected
    assert kept(folder).is_relative_to(folder / ".git/carve")
    with (folder / ".gitignore").open("a") as file:
        file.write("*b.py\n")
    assert found(folder, "alpha") == ["kept.py", "src/a.py", "src/b.py"]
    git(folder, "rm", "--quiet", "--cached", "src/b.py")
    assert found(folder, "alpha") == ["kept.py", "src/a.py"]
    assert found(folder / "src", "alpha") == ["a.py"]


def test_worktrees_share_what_is_known_of_texts(tmp_path: Path) -> None:
    folder = repository(tmp_path / "main")
    assert found(folder, "alpha") == ["src/a.py", "src/b.py"]
    other = tmp_path / "other"
    git(folder, "worktree", "add", "--quiet", "--detach", str(other))
    written(other, {"src/a.py": "gamma = 1\n"})
    for _ in range(2):
        assert found(other, "alpha") == ["src/b.py"]
        assert found(folder, "alpha") == ["src/a.py", "src/b.py"]
    assert kept(other) == kept(folder)
    assert rows(folder, "select count(*) from content") == [(len(TREE) + 1,)]
    shutil.rmtree(other)
    (folder / "new.py").write_text("alpha\n")
    assert found(folder, "alpha") == ["new.py", "src/a.py", "src/b.py"]
    assert rows(folder, "select count(*) from tree") == [(1,)]


def test_branches_are_told_apart(tmp_path: Path) -> None:
    folder = repository(tmp_path)
    git(folder, "checkout", "--quiet", "-b", "other")
    git(folder, "mv", "src/b.py", "src/c.py")
    written(folder, {"src/a.py": "gamma = 1\n"})
    git(folder, "commit", "--quiet", "--all", "--message=x")
    expected = {"other": (["src/c.py"], ["src/a.py"]), "-": (["src/a.py", "src/b.py"], [])}
    for _ in range(2):
        for alpha, gamma in expected.values():
            for _ in range(2):
                assert found(folder, "alpha") == alpha
                assert found(folder, "gamma") == gamma
            git(folder, "checkout", "--quiet", "-")
    assert git(folder, "status", "--porcelain", "--ignored") == ""


def test_a_repository_that_moves_takes_its_index_along(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    repository(old)
    assert found(old, "alpha") == ["src/a.py", "src/b.py"]
    old.rename(new)
    repository(old, {"src/b.py": "gamma = 1\n", "src/a.py": "alpha = 1\n"})
    for _ in range(2):
        assert found(new, "alpha") == ["src/a.py", "src/b.py"]
        assert found(old, "alpha") == ["src/a.py"]
    shutil.rmtree(old)
    shutil.copytree(new, old)
    written(old, {"src/a.py": "gamma = 1\n"})
    for _ in range(2):
        assert found(old, "alpha") == ["src/b.py"]
        assert found(new, "alpha") == ["src/a.py", "src/b.py"]
    assert rows(new, "select count(*) from content") == [(len(TREE),)]


def test_plain_folders_share_one_index_and_none_outlives_its_folder(tmp_path: Path) -> None:
    for name in "abc":
        assert found(written(tmp_path / name), "alpha") == ["src/a.py", "src/b.py"]
    assert rows(tmp_path, "select count(*) from content") == [(len(TREE),)]
    shutil.rmtree(tmp_path / "a")
    shutil.rmtree(tmp_path / "b")
    (tmp_path / "c/new.py").write_text("alpha\n")
    assert found(tmp_path / "c", "alpha") == ["new.py", "src/a.py", "src/b.py"]
    assert rows(tmp_path, "select count(*) from file") == [(len(TREE) + 1,)]


def _truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database " * 1000)


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _deleted(file: Path) -> None:
    shutil.rmtree(file.parent)


def _of_others(file: Path) -> None:
    execute(file, "drop table word", "create table word (something)")


def _of_no_layout(file: Path) -> None:
    execute(file, "pragma user_version = 9", "drop table passed")


def _odd_names(file: Path) -> None:
    odd = "update sqlite_master set name = cast(x'ff' as text), sql = 'no' where name = 'word'"
    execute(file, "pragma writable_schema = on", odd)


def _odd_bytes(file: Path) -> None:
    execute(file, "update word set lines = cast('alpha=00' as blob) where length(lines) > 0")


def _lost_rows(file: Path) -> None:
    execute(file, "delete from word where bucket > 0")


def _other_texts(file: Path) -> None:
    execute(file, "update file set content = content % 3 + 1")


def _odd_values(file: Path) -> None:
    execute(file, "update file set stamp = 5")


@pytest.mark.parametrize(
    "damage",
    [
        *(_truncated, _garbage, _emptied, _deleted, _of_others, _of_no_layout, _odd_names),
        *(_odd_bytes, _lost_rows, _other_texts, _odd_values),
    ],
)
def test_a_damaged_index_is_made_anew(known: Path, damage: Callable[[Path], None]) -> None:
    damage(kept(known))
    for _ in range(3):
        assert found(known, "alpha") == ["src/a.py", "src/b.py"]
    assert rows(known, "select count(*) from file") == [(len(TREE),)]
    assert [path.name for path in kept(known).parent.parent.iterdir()] == [FOLDER]


def _zero_page(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw) // PAGE) * PAGE
    raw[at : at + PAGE] = bytes(PAGE)


def _noise(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw) // PAGE) * PAGE
    raw[at : at + PAGE // 2] = chance.randbytes(PAGE // 2)


def _swapped_pages(raw: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(1, len(raw) // PAGE) * PAGE for _ in range(2))
    kept = bytes(raw[one : one + PAGE])
    raw[one : one + PAGE] = raw[other : other + PAGE]
    raw[other : other + PAGE] = kept


def _flipped_bits(raw: bytearray, chance: random.Random) -> None:
    for _ in range(64):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


@pytest.mark.parametrize("spoil", [_zero_page, _noise, _swapped_pages, _flipped_bits])
def test_no_damaged_byte_makes_an_answer(
    tmp_path: Path, spoil: Callable[[bytearray, random.Random], None]
) -> None:
    """SQLite has no checksums: a zeroed page of a long row, say, would be read as it is."""
    words = " ".join(f"w{n}" for n in range(400))
    folder = written(tmp_path, {f"m{n}.py": f"all own{n} {words}" for n in range(40)})
    assert len(found(folder, "all")) == 40
    whole, chance = kept(folder).read_bytes(), random.Random(5)  # noqa: S311 - no secret
    for _ in range(6):
        raw = bytearray(whole)
        spoil(raw, chance)
        shutil.rmtree(kept(folder).parent, ignore_errors=True)
        written(kept(folder).parent, {"some.db": bytes(raw)})
        assert len(found(folder, "all")) == 40
        assert found(folder, "own7") == ["m7.py"]
        assert len(found(folder, "w8", "w300")) == 40


def test_another_layout_is_left_alone(known: Path) -> None:
    other = written(kept(known).parent.parent / "words-1", {"words.db": "of an older carve"})
    (known / "src/c.py").write_text("alpha\n")
    assert found(known, "alpha") == ["src/a.py", "src/b.py", "src/c.py"]
    assert [path.name for path in other.iterdir()] == ["words.db"]


def test_of_several_that_began_an_index_at_once_one_stays(known: Path) -> None:
    folder = kept(known).parent
    other = folder / "zz.db"
    shutil.copy(kept(known), other)
    written(folder, {"zz.db-wal": "", "yy.db-shm": ""})
    gone = written(folder.with_name(f"{FOLDER}.12"), {"half.db": "removed"})
    (known / "src/c.py").write_text("alpha\n")
    assert found(known, "alpha") == ["src/a.py", "src/b.py", "src/c.py"]
    assert not [path.name for path in folder.iterdir() if path.name[:2] in {"zz", "yy"}]
    assert not gone.exists()


def test_whoever_has_an_index_open_that_is_deleted_goes_on(known: Path) -> None:
    one = index_of(known, replace(ALWAYS, trusted_seconds=60))
    assert one.holding(Question(["alpha"])) == ["src/a.py", "src/b.py"]
    shutil.rmtree(kept(known).parent)
    written(known, {"src/c.py": "alpha\n"})
    for _ in range(2):
        assert found(known, "alpha") == ["src/a.py", "src/b.py", "src/c.py"]
    assert one.holding(Question(["beta"])) == ["notes.md", "src/b.py"]
    one.forget()
    assert one.holding(Question(["alpha"])) == ["src/a.py", "src/b.py", "src/c.py"]


def test_without_a_place_for_the_index_files_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "tree")
    for home in (None, tmp_path / "tree/notes.md", Path(os.devnull)):
        names = index_of(folder).names
        index = WordIndex(folder, names, lambda home=home: home, ALWAYS)  # type: ignore[misc]
        assert index.holding(Question(["alpha"])) == ["src/a.py", "src/b.py"]


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Yield a folder that others may read, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("made_before", [True, False])
def test_an_index_that_cannot_be_written_is_done_without(
    open_to_all: Path, monkeypatch: pytest.MonkeyPatch, made_before: bool
) -> None:
    folder, cache = written(open_to_all / "tree"), open_to_all / "cache"
    cache.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    if made_before:
        assert found(folder, "alpha") == ["src/a.py", "src/b.py"]
        (folder / "src/c.py").write_text("alpha\n")
    before = sorted(cache.rglob("*"))
    for path in (cache, *before):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with as_nobody():
        for _ in range(2):
            assert found(folder, "beta") == ["notes.md", "src/b.py"]
            assert ("src/c.py" in found(folder, "alpha")) == made_before
    assert sorted(cache.rglob("*")) == before
    for path in (cache, *before):
        path.chmod(0o755)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everything, so it has to be somebody else."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARVE_INDEX", "off")
    assert found(written(tmp_path), "alpha") == ["src/a.py", "src/b.py"]
    assert index_of(tmp_path)._home() is None
    assert list(Path(os.environ["XDG_CACHE_HOME"]).iterdir()) == []


def test_who_finds_another_writing_reads_the_files_and_waits_for_nobody(known: Path) -> None:
    base = sqlite3.connect(kept(known), isolation_level=None)
    base.execute("begin immediate")
    (known / "src/c.py").write_text("alpha\n")
    assert found(known, "alpha") == ["src/a.py", "src/b.py", "src/c.py"]
    base.close()
    assert rows(known, "select count(*) from file") == [(len(TREE),)]


_LEARN = """
import sys
from pathlib import Path
from carve.index.limits import Limits
from carve.index.place import index_of
from carve.index.words import Question
folder, name = Path(sys.argv[1]), sys.argv[2]
index = index_of(folder, Limits(0, 4000, 0, 0, 0.03))
print("begun", flush=True)
turn = 0
while True:
    turn += 1
    for number in range(40):
        text = f"w{turn} word " + " ".join(f"x{turn}y{n}" for n in range(99))
        (folder / f"{name}{number}.py").write_text(text)
    assert len(index.holding(Question([f"w{turn}"]))) >= 40
"""


def test_processes_that_are_killed_leave_an_index_that_is_right(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with ExitStack() as stack:
        for name in "ab":
            command = [sys.executable, "-c", _LEARN, str(tmp_path), name]
            process = stack.enter_context(
                subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
            )
            stack.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
        time.sleep(0.3)
        assert process.poll() is None
    time.sleep(SETTLED)
    first = [path.read_text().split()[:1] for path in tmp_path.glob("a*.py")]
    turn = max(int(word[1:]) for words in first for word in words)  # one may be half written
    for _ in range(2):
        for word in (f"w{turn}", f"w{turn - 1}", "word", f"x{turn}y7"):
            expected = [
                p.name for p in tmp_path.iterdir() if re.search(rf"\b{word}\b", p.read_text())
            ]
            assert found(tmp_path, word) == sorted(expected)


def test_a_text_that_parsed_is_not_parsed_again(known: Path) -> None:
    written(known, {"src/bad.py": "def (:\n"})
    tried: list[bytes] = []

    def passes(raw: bytes) -> bool:
        tried.append(raw)
        return b"(:" not in raw

    paths = ["src/a.py", "src/b.py", "src/bad.py"]
    for _ in range(2):
        assert index_of(known, ALWAYS).failing("parses", paths, passes) == ["src/bad.py"]
    assert tried == [b"alpha = 1\n", b"beta = alpha\n", b"def (:\n", b"def (:\n"]
    tried.clear()
    assert index_of(known, ALWAYS).failing("with another Python", paths, passes) == paths[2:]
    assert len(tried) == len(paths)
    assert len(unparsable(index_of(known, ALWAYS), paths)) == 1
    written(known, {"src/a.py": "alpha (:\n"})
    assert unparsable(index_of(known, ALWAYS), paths) == ["src/a.py", "src/bad.py"]


def test_the_index_does_not_grow_without_end(tmp_path: Path) -> None:
    limits = replace(ALWAYS, spare_texts=9)
    for turn in range(9):
        written(tmp_path, {f"m{n}.py": f"word x{turn}y{n}\n" for n in range(5)})
        for _ in range(2):
            assert found(tmp_path, f"x{turn}y3", limits=limits) == ["m3.py"]
            assert len(found(tmp_path, "word", limits=limits)) == 5
        ((texts,),) = rows(tmp_path, "select count(*) from content")
        assert 5 <= int(str(texts)) <= 19
