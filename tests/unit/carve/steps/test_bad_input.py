"""Whatever the tree holds: a step is refused in words, or comes to what was asked for."""

import os
import unicodedata
from pathlib import Path

import pytest
from carving import HOST, MIXIN, extract, git, god, objection, python, spec_of, tree

from carve.errors import Finding, StepRefused
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned
from carve.workspace import Workspace

_GOD = "class God:\n    def run(self):\n        return 1\n\n    def stay(self): ...\n"


def _planned(workspace: Workspace, *members: str, **options: object) -> Planned:
    found = step_for(spec_of(*members, **options)).plan(workspace)
    assert isinstance(found, Planned)
    return found


def _refusal(workspace: Workspace, *members: str, **options: object) -> Finding:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        step_for(spec_of(*members, **options)).plan(workspace)
    first = caught.value.findings[0]
    assert first.check
    assert first.instead
    return first


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (_GOD.encode() + b"x = '\xfc'\n", 6, "cannot be decoded"),
        (b"# coding: ascii\n" + _GOD.encode() + b"# \xc3\xbc\n", 7, "cannot be decoded"),
        (_GOD.encode() + b"def (:\n", 6, "does not parse: invalid syntax"),
        (_GOD.encode() + b"x = '\0'\n", 6, "it has a null byte"),
    ],
)
def test_a_file_that_python_does_not_take(
    raw: bytes, line: int, says: str, tmp_path: Path
) -> None:
    found = _refusal(god(tmp_path, raw), "run")
    assert (found.path, found.line) == (HOST, line)
    assert says in found.message


def test_an_expression_that_nobody_can_look_at(tmp_path: Path) -> None:
    text = "class God:\n    def run(self):\n        return " + "+".join(["1"] * 2500) + "\n"
    assert "nested too deeply" in _refusal(god(tmp_path, text), "run").message


def test_a_class_that_is_defined_twice(tmp_path: Path) -> None:
    found = _refusal(god(tmp_path, f"{_GOD}\n\n{_GOD}"), "run")
    assert (found.path, found.line) == (HOST, 8)
    assert found.message == "God is defined more than once, in the lines 1 and 8"


def test_a_target_that_is_there_with_that_class(tmp_path: Path) -> None:
    workspace = god(tmp_path, _GOD, mixin_run="class MixinRun: ...\n")
    found = objection(workspace, "target-is-free", "run")
    assert "pkg.mixin_run exists already" in found.message


def test_a_member_that_is_inherited(tmp_path: Path) -> None:
    text = f"class Base:\n    def old(self): ...\n\n\n{_GOD.replace('God', 'God(Base)')}"
    found = _refusal(god(tmp_path, text), "old")
    assert (found.path, found.line) == (HOST, 5)
    assert found.message == "God has no member 'old' of its own"
    assert found.instead == "it inherits 'old' from Base: take it from there"


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_is_not_written_through(linked: str, tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"real/god.py": _GOD, "real/__init__.py": ""})
    if linked == "folder":
        (tmp_path / "src/pkg/__init__.py").unlink()
        (tmp_path / "src/pkg").rmdir()
        (tmp_path / "src/pkg").symlink_to("../real")
    else:
        (tmp_path / HOST).symlink_to("../../real/god.py")
    found = _refusal(workspace, "run")
    assert found.check == "files-are-ours"
    assert "is a symbolic link to ../" in found.message


def test_a_submodule_is_carved_where_it_is_at_home(tmp_path: Path) -> None:
    god(tmp_path / "inner", _GOD)
    workspace = tree(tmp_path / "outer", {"README.md": "x"})
    outer = tmp_path / "outer"
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", "../inner", "lib")
    workspace = Workspace(outer, roots=("lib/src",))
    found = _refusal(workspace, "run")
    assert "lib is a repository of its own" in found.message
    assert found.instead == "carve it there: --repo lib"


@pytest.mark.parametrize("pattern", ["god.py", "mixin_*", "/src/"])
def test_a_file_that_git_ignores(pattern: str, tmp_path: Path) -> None:
    workspace = tree(tmp_path, {".gitignore": f"{pattern}\n", "src/pkg/god.py": _GOD})
    found = _refusal(workspace, "run")
    assert "git ignores the file" in found.message


def test_a_tracked_file_may_match_a_pattern(tmp_path: Path) -> None:
    workspace = god(tmp_path, _GOD)
    (tmp_path / ".gitignore").write_text("god.py\n")
    assert _planned(workspace, "run").edits


def test_a_plain_folder_ignores_nothing(tmp_path: Path) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "src/pkg/__init__.py").touch()
    (tmp_path / HOST).write_text(_GOD)
    assert _planned(Workspace(tmp_path), "run").edits


def test_another_encoding_is_kept(tmp_path: Path) -> None:
    body = _GOD.replace("return 1", "return 'größe'  # ö") + "last = 'ü'\n"
    raw = f"# -*- coding: latin-1 -*-\n{body}".encode("latin-1")
    host = {edit.path: edit.after for edit in _planned(god(tmp_path, raw), "run").edits}
    left = host[HOST] or b""
    assert left.startswith(b"# -*- coding: latin-1 -*-\n")
    assert left.endswith("last = 'ü'\n".encode("latin-1"))
    assert "return 'größe'  # ö" in (host[MIXIN] or b"").decode()


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_ends_are_kept(mark: bytes, end: str, tmp_path: Path) -> None:
    text = "class God:\r\n    def stay(self): ...\n\r\n    def run(self):\r\n        return 1"
    raw = mark + text.encode() + end.encode()
    host, mixin = (
        edit.after or b"" for edit in reversed(_planned(god(tmp_path, raw), "run").edits)
    )
    assert host.startswith(mark)
    assert b"    def stay(self): ...\n" in host
    assert b"    def run(self):\r\n        return 1" in mixin
    assert not mixin.startswith(b"\xef")


def test_names_of_any_letters(tmp_path: Path) -> None:
    text = (
        "class Käßten·X:\n    größe = 1\n\n    def läuft(self):\n        return self.größe\n\n"
        "    def 停(self): ...\n"
    )
    workspace = god(tmp_path, text)
    planned = _planned(
        workspace,
        "läuft",
        source="pkg.god:Käßten·X",
        target="pkg.mixin_größe:MixinGröße",
        summary="Läuft",
    )
    workspace.write(planned.edits)
    assert "class Käßten·X(MixinGröße):" in (tmp_path / HOST).read_text(encoding="utf-8")
    assert (tmp_path / "src/pkg/mixin_größe.py").exists()
    assert python(tmp_path / "src", "import pkg.god as g; print(g.Käßten·X().läuft())") == "1\n"


def test_two_ways_to_write_one_name(tmp_path: Path) -> None:
    text = "class God:\n    def ﬁle(self):\n        return self.file\n\n    def stay(self): ...\n"
    workspace = god(tmp_path, text)
    for way in ("ﬁle", "file"):
        texts = extract(workspace, way)
        assert "def ﬁle(self):\n        return self.file\n" in texts[MIXIN]
    planned = _planned(workspace, "file", target="pkg.mixin_ﬁle:MixinRun")
    assert planned.edits[0].path == "src/pkg/mixin_file.py"


def test_two_ways_to_write_the_class(tmp_path: Path) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "God")
    assert unicodedata.normalize("NFKC", wide) == "God"
    workspace = god(tmp_path, _GOD.replace("God", wide))
    texts = extract(workspace, "run")
    assert f"class {wide}(MixinRun):" in texts[HOST]


@pytest.mark.skipif(os.name == "nt", reason="such a file cannot be there")
def test_other_files_may_be_called_anything(tmp_path: Path) -> None:
    god(tmp_path, _GOD)
    for name in ("a b", 'it\'s "q"', "new\nline", "\udcff\udcfe", "größe"):
        (tmp_path / "src/pkg" / f"{name}.py").write_text("from pkg.god import God\nGod().run()\n")
    git(tmp_path, "add", "--all")
    assert len(_planned(Workspace(tmp_path), "run").edits) == 2


@pytest.mark.parametrize("sign", ["\f", "\x0b", "\x1c", "\x85", "\u2028"])
def test_a_comment_with_what_other_programs_take_for_a_line_end(sign: str, tmp_path: Path) -> None:
    text = _GOD.replace("    def run", f"    # one{sign}two\n    def run")
    assert f"    # one{sign}two\n    def run" in extract(god(tmp_path, text), "run")[MIXIN]


@pytest.mark.parametrize("hint", ["a\\0b", "\\ud800", "(" * 300])
def test_a_type_in_quotes_that_is_none(hint: str, tmp_path: Path) -> None:
    text = _GOD.replace("self)", f'self, x: "{hint}" = 1)', 1)
    assert f'x: "{hint}"' in extract(god(tmp_path, text), "run")[MIXIN]


def test_a_comment_that_would_come_to_declare_the_encoding(tmp_path: Path) -> None:
    text = "def _one():\n    return 1\n# coding: latin-1\nclass God:\n    def run(self):\n"
    text += "        return _one()\n\n    def stay(self):\n        return 'é'\n"
    assert _refusal(god(tmp_path, text), "run", helpers=["_one"]).check == "file-is-writable"
