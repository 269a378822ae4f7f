"""The command `gates` as it is typed: what it prints and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import omnibase_core
from omnibase_core.gates.catalogue import GATES

PACKAGE = Path(omnibase_core.__file__).parent
KEPT = ("mixins", "models")


def gates(*words: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "80"}
    command = [sys.executable, "-W", "error", "-m", "omnibase_core", "gates", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A repository with the mixins of this one, and one that has no entry."""
    for name in KEPT:
        shutil.copytree(PACKAGE / name, tmp_path / "src/omnibase_core" / name)
    new = tmp_path / "src/omnibase_core/mixins/mixin_new.py"
    new.write_text('"""New."""\n', encoding="utf-8")
    return tmp_path


def test_a_gate_that_passes_says_so_in_one_line() -> None:
    done = gates("mixin-has-entry")
    assert (done.stdout, done.stderr, done.returncode) == ("mixin-has-entry passed\n", "", 0)


def test_facts_are_part_of_the_one_line() -> None:
    done = gates("schema_equals_model", "entry_points_somewhere")
    assert done.returncode == 0
    assert done.stdout.startswith("2 gates passed")
    assert done.stdout.count("\n") == 1


def test_what_is_found_is_told_with_its_place_and_a_way_out(copied: Path) -> None:
    done = gates("mixin-has-entry", "signatures-match", "--root", str(copied))
    assert done.stdout == (
        "mixin-has-entry  1 found\n"
        "  src/omnibase_core/mixins/mixin_new.py:1  mixin without an entry in the registry\n"
        "    describe mixin_new in mixin_metadata.yaml, or give it a reason in its section "
        "'infrastructure'\n"
    )
    assert (done.stderr, done.returncode) == ("", 1)


def test_json_has_every_gate_that_was_asked_and_the_facts(copied: Path) -> None:
    names = ["mixin-has-entry", "entry-points-somewhere"]
    done = gates("--json", *names, "--root", str(copied))
    document = json.loads(done.stdout)
    assert (document["command"], document["exit_code"], done.returncode) == ("gates", 1, 1)
    assert [each["name"] for each in document["gates"]] == names
    assert document["gates"][0]["findings"][0] == {
        "path": "src/omnibase_core/mixins/mixin_new.py",
        "line": 1,
        "message": "mixin without an entry in the registry",
        "instead": "describe mixin_new in mixin_metadata.yaml, or give it a reason in its "
        "section 'infrastructure'",
    }
    assert all(note["summary"] for note in document["notes"])


def test_an_unknown_gate_is_refused_with_the_known_ones() -> None:
    done = gates("mixin-has-entries")
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no gate 'mixin-has-entries'")
    assert all(name in done.stderr.replace("\n", " ") for name in GATES)


def test_a_folder_without_a_registry_is_refused(tmp_path: Path) -> None:
    done = gates("--root", str(tmp_path))
    assert done.returncode == 2
    assert "holds no omnibase_core" in " ".join(done.stderr.split())


def test_a_registry_that_is_no_yaml_is_refused_with_its_place(copied: Path) -> None:
    registry = copied / "src/omnibase_core/mixins/mixin_metadata.yaml"
    registry.write_text("mixin_x: [\n", encoding="utf-8")
    done = gates("--root", str(copied))
    assert done.returncode == 2
    assert "mixin_metadata.yaml:" in "".join(done.stderr.split())
