"""A workspace reads what is planned, parses what can matter, and writes all or nothing."""

import stat
from pathlib import Path

import pytest
from carving import HOST, MIXIN, git, god, objection, plan, tree

from carve.errors import CarveError
from carve.source.members import HostClass
from carve.steps.outcome import Planned
from carve.workspace import Edit, Workspace

TEXT = "import os\n\n\nclass God:\n    def run(self):\n        return os.sep\n"
BROKEN = "def (:\n"
F_STRING = 'x = {"a": 1}\nprint(f"{x["a"]}")\n'


def test_planned_edits_are_read_and_the_disk_stays(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    later = workspace.after([Edit("src/pkg/new.py", b"a = 1\n")])
    assert later.read("src/pkg/new.py") == b"a = 1\n"
    assert later.path_of("pkg.new") == "src/pkg/new.py"
    assert later.mentioning(["a"]) == ["src/pkg/new.py"]
    assert "src/pkg/new.py" in later.python_files()
    assert not workspace.exists("src/pkg/new.py")
    assert not (tmp_path / "src/pkg/new.py").exists()


def test_a_file_taken_away_in_memory_is_not_there(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    later = Workspace(tmp_path, overlay={HOST: None})
    assert workspace.mentioning(["God"]) == [HOST]
    assert later.mentioning(["God"]) == []
    assert later.path_of("pkg.god") is None
    assert HOST not in later.python_files()


@pytest.mark.parametrize("text", [BROKEN, F_STRING.replace('["a"]', '["a" "'), "\0"])
def test_a_broken_file_elsewhere_stops_nothing(text: str, tmp_path: Path) -> None:
    assert isinstance(plan(god(tmp_path, TEXT, other=text), "run"), Planned)


def test_nested_quotes_of_newer_pythons_elsewhere_stop_nothing(tmp_path: Path) -> None:
    assert isinstance(plan(god(tmp_path, TEXT, other=F_STRING), "run"), Planned)


def test_a_broken_file_that_names_the_class_is_pointed_at(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT, other=f"# God\n{BROKEN}")
    found = objection(workspace, "file-parses", "run")
    assert (found.path, found.line) == ("src/pkg/other.py", 2)
    excluding = Workspace(tmp_path, exclude=("src/pkg/oth*",))
    assert isinstance(plan(excluding, "run"), Planned)


def test_words_are_whole_words(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT, other="Godot = 1\n", more="x = 'God'\n")
    assert workspace.mentioning(["God"]) == [HOST, "src/pkg/more.py"]


def test_a_plain_folder_is_searched_as_well(tmp_path: Path) -> None:
    god(tmp_path, TEXT)
    git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / ".git").rename(tmp_path.parent / f"{tmp_path.name}-git")
    workspace = Workspace(tmp_path)
    assert workspace.mentioning(["God"]) == [HOST]
    assert HOST in workspace.python_files()


@pytest.mark.parametrize(
    ("path", "roots", "name"),
    [
        ("src/a/b.py", ("src",), "a.b"),
        ("src/a/__init__.py", (".", "src"), "a"),
        ("a/b.py", (".", "src"), "a.b"),
        ("lib/a.py", ("src", "lib/"), "a"),
    ],
)
def test_the_innermost_root_names_a_module(
    path: str, roots: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    assert Workspace(tmp_path, roots).name_of(path) == name


def test_lineage_follows_exports_and_aliases(tmp_path: Path) -> None:
    text = "from abc import ABC\nfrom pkg import Root as R\n\n\nclass God(R[int], ABC): ...\n"
    base = "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Root(Generic[T]): ...\n"
    init = "from pkg.base import Root\n"
    workspace = tree(tmp_path, {HOST: text, "src/pkg/base.py": base, "src/pkg/__init__.py": init})
    module = workspace.module_at(HOST)
    node = module.class_named("God")
    assert node is not None
    known, unseen = workspace.lineage(HostClass(module, node))
    assert [owner.name for owner in known] == ["God", "Root"]
    assert unseen == ["typing.Generic", "abc.ABC"]


def test_lineage_sees_planned_classes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    planned = plan(workspace, "run")
    assert isinstance(planned, Planned)
    later = workspace.after(planned.edits)
    module = later.module_at(HOST)
    node = module.class_named("God")
    assert node is not None
    known, unseen = later.lineage(HostClass(module, node))
    assert ([owner.name for owner in known], unseen) == (["God", "MixinRun"], [])


def test_writing_keeps_bytes_and_modes(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT.replace("\n", "\r\n"))
    (tmp_path / HOST).chmod(0o755)
    planned = plan(workspace, "run")
    assert isinstance(planned, Planned)
    workspace.write(planned.edits)
    for edit in planned.edits:
        assert (tmp_path / edit.path).read_bytes() == edit.after
        assert edit.after is not None
        assert edit.after.count(b"\n") == edit.after.count(b"\r\n")
    assert stat.S_IMODE((tmp_path / HOST).stat().st_mode) == 0o755
    assert git(tmp_path, "status", "--porcelain").split() == ["M", HOST, "??", MIXIN]


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    edits = [
        Edit("src/pkg/deep/new.py", b"new\n"),
        Edit(HOST, b"changed\n", TEXT.encode()),
        Edit(f"{HOST}/impossible.py", b"below a file\n"),
    ]
    with pytest.raises(CarveError, match="cannot write"):
        workspace.write(edits)
    assert (tmp_path / HOST).read_text() == TEXT
    assert git(tmp_path, "status", "--porcelain", "--untracked-files=all") == ""
    assert not (tmp_path / "src/pkg/deep").exists()


def test_a_removed_file_is_gone_and_comes_back_when_a_later_edit_fails(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    (tmp_path / HOST).chmod(0o755)
    removal = Edit(HOST, None, TEXT.encode())
    (tmp_path / "src/pkg/folder.py").mkdir()
    impossible = Edit("src/pkg/folder.py", b"a folder stands here\n")
    assert not workspace.after([removal]).exists(HOST)
    with pytest.raises(CarveError, match="cannot write"):
        workspace.write([removal, impossible])
    assert (tmp_path / HOST).read_text() == TEXT
    assert stat.S_IMODE((tmp_path / HOST).stat().st_mode) == 0o755
    workspace.write([removal])
    assert not (tmp_path / HOST).exists()


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    planned = plan(workspace, "run")
    assert isinstance(planned, Planned)
    (tmp_path / HOST).write_text(f"{TEXT}\n")
    with pytest.raises(CarveError, match="has changed since the step was planned"):
        workspace.write(planned.edits)
    assert not (tmp_path / MIXIN).exists()


def test_a_large_tree_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"src/pkg/m{n}.py": f"x{n} = {n}\n" for n in range(2000)}
    workspace = tree(tmp_path, {HOST: TEXT, **many})
    read: list[str] = []
    plain = Workspace.read

    def counted(self: Workspace, path: str) -> bytes | None:
        read.append(path)
        return plain(self, path)

    monkeypatch.setattr(Workspace, "read", counted)
    assert isinstance(plan(workspace, "run"), Planned)
    assert set(read) <= {HOST, MIXIN, "src/pkg/__init__.py"}
