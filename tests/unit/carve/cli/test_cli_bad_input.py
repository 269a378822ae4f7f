"""Whatever the tree and the command line hold, a command ends in words and changes nothing."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from carve.cli.single import Wanted, edits_of

_TO = ("--members", "receipt", "--to", "shop.mixin_receipts:MixinReceipts")


def _state(project: Any) -> Any:
    return project.git("status", "--porcelain", "--untracked-files=all")


def test_a_tree_with_code_that_is_nested_too_deeply(project: Any) -> None:
    deep = "from shop.till import Till\nx = " + "+".join(["1"] * 50_000) + "\n"
    (project.till.parent / "deep.py").write_text(deep)
    project.commit()
    done = project.carve("check", "plan.yaml")
    assert done.code == 1
    assert "at  src/shop/deep.py" in done.err
    assert "nested too deeply" in done.err


@pytest.fixture
def broken(project: Any) -> Any:
    """A project with a file that mentions the class and does not parse."""
    (project.till.parent / "broken.py").write_text("from shop.till import Till\ndef (:\n")
    project.commit()
    return project


def test_a_file_that_does_not_parse_can_be_left_out(broken: Any) -> None:
    words = ("extract", "src/shop/till.py:Till", *_TO)
    refused = broken.carve(*words)
    assert refused.code == 1
    assert "src/shop/broken.py:2" in refused.out
    assert "leave it out: with --exclude" in refused.out
    done = broken.carve(*words, "--exclude", "*/nothing.py", "--exclude", "*/broken.py")
    assert done.code == 0, done.out
    assert (broken.till.parent / "mixin_receipts.py").exists()


def test_a_suggestion_leaves_out_what_it_is_told_to(broken: Any) -> None:
    words = ("suggest", "src/shop/till.py:Till", "--exclude", "*/broken.py", "--json")
    found = broken.carve(*words)
    assert found.code == 0
    assert found.document["header"]["exclude"] == ["*/broken.py"]
    assert "\nexclude: ['*/broken.py']\n" in found.document["plan"]


def test_a_trace_extracts_as_extract_does(broken: Any) -> None:
    broken.till.write_text("def _total(x):\n    return x\n\n\n" + broken.till.read_text())
    broken.rewrite(broken.till, "time.time()", "_total(1)")
    wanted = Wanted(
        "src/shop/till.py:Till",
        "shop.mixin_receipts:MixinReceipts",
        "receipt",
        helpers="_total",
        exclude=("*/broken.py",),
    )
    edits = {edit.path: edit.after for edit in edits_of(wanted, broken.folder)}
    assert b"def _total(x):" in (edits["src/shop/mixin_receipts.py"] or b"")


def test_the_file_of_the_class_cannot_be_left_out(project: Any) -> None:
    done = project.carve("extract", "src/shop/till.py:Till", *_TO, "--exclude", "src/*")
    assert done.code == 1
    assert "src/shop/till.py:1 the file of the class is excluded" in " ".join(done.out.split())


def test_a_class_that_is_defined_twice(project: Any) -> None:
    project.till.write_text(project.till.read_text() + "\n\nclass Till: ...\n")
    project.commit()
    done = project.carve("suggest", "src/shop/till.py:Till")
    assert done.code == 2
    assert "shop.till defines Till more than once\n  at  src/shop/till.py:28" in done.err


def test_a_file_that_no_statement_can_import(project: Any) -> None:
    odd = project.till.parent / 'it\'s "a\nfile".py'
    odd.write_text(project.till.read_text())
    project.commit()
    for words in (("extract", f"{odd}:Till", *_TO), ("suggest", f"{odd}:Till")):
        done = project.carve(*words)
        assert done.code == 2
        assert "no statement can import a file that is called" in done.err
    assert not _state(project)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links")
def test_links(project: Any) -> None:
    here = project.till.parent
    (here / "ring.py").symlink_to("ring.py")
    (here / "other.py").symlink_to("till.py")
    project.commit()
    ring = project.carve("extract", "src/shop/ring.py:Till", *_TO)
    other = project.carve("extract", "src/shop/other.py:Till", *_TO)
    assert (ring.code, other.code) == (2, 1)
    assert "there is no such file" in ring.err
    assert "src/shop/other.py is a symbolic link to till.py" in other.out
    assert not _state(project)


def test_names_that_the_locale_cannot_say(project: Any) -> None:
    target = "shop.mixin_größe:MixinGröße"
    project.rewrite(project.plan, "shop.mixin_receipts:MixinReceipts", target)
    plain = {"PYTHONUTF8": "0", "LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    extraction = ("extract", "src/shop/till.py:Till", "--members", "receipt", "--to", target)
    for words in (extraction, ("check", "plan.yaml")):
        # What Python makes of its locale is settled when the process begins.
        done = subprocess.run(
            project.command(*words),
            cwd=project.folder,
            env=project.variables(**plain),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 2
        assert b"cannot be said in ascii" in done.stderr
        assert b"set PYTHONUTF8=1" in done.stderr
    assert not _state(project)


def test_a_run_is_of_a_whole_repository(project: Any, tmp_path: Path) -> None:
    inside = project.folder / "sub" / "src" / "shop"
    inside.mkdir(parents=True)
    (inside / "__init__.py").touch()
    (inside / "till.py").write_text(project.till.read_text())
    (project.folder / "sub" / "plan.yaml").write_text(project.plan.read_text())
    project.commit()
    done = project.carve("run", "plan.yaml", "--repo", "sub")
    assert done.code == 2
    assert "a run is of a whole repository" in done.err
    assert f"--repo {project.folder}" in done.err
    plain = tmp_path / "plain"
    (plain / "src").mkdir(parents=True)
    (plain / "plan.yaml").write_text(project.plan.read_text())
    nowhere = project.carve("run", "plan.yaml", "--repo", str(plain), cwd=plain)
    assert nowhere.code == 2
