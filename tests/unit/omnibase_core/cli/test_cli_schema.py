"""The command `schema`, run as people run it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
SUBCONTRACTS = "src/omnibase_core/models/contracts/subcontracts"
MODEL = f"{SUBCONTRACTS}/model_metrics_subcontract.py"
SCHEMA = "src/omnibase_core/schemas/metrics_subcontract.schema.json"


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "omnibase_core", "schema", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with one of the models and its schema."""
    for name in (MODEL, MODEL.replace(".py", ".yaml"), SCHEMA):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_is_said_or_written_when_all_is_well(checkout: Path) -> None:
    before = (checkout / SCHEMA).read_bytes()
    for arguments in ((), ("--check",)):
        done = run(*arguments, folder=checkout)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (checkout / SCHEMA).read_bytes() == before


def test_a_missing_schema_is_found_and_then_written(checkout: Path, tmp_path: Path) -> None:
    (checkout / SCHEMA).unlink()
    done = run("--check", "--root", str(checkout), folder=ROOT)
    assert done.returncode == 1
    assert done.stdout == (
        f"{MODEL}:1  metrics_subcontract has no schema: nothing holds its interface\n"
        "  python -m omnibase_core schema\n"
    )
    done = run(folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"written {SCHEMA}\n")
    assert (checkout / SCHEMA).read_bytes() == (ROOT / SCHEMA).read_bytes()


def test_a_break_is_told_and_never_written_over(checkout: Path) -> None:
    edit(checkout / MODEL, "metrics_port", "port_of_metrics")
    done = run(folder=checkout)
    assert done.returncode == 1
    assert "field metrics_port was removed: contracts that set it would silently" in done.stdout
    assert "  put it back, or raise INTERFACE_VERSION to 2.0.0\n" in done.stdout
    assert (checkout / SCHEMA).read_bytes() == (ROOT / SCHEMA).read_bytes()
    edit(checkout / MODEL, "major=1", "major=2")
    assert run(folder=checkout).stdout == f"written {SCHEMA}\n"


def test_findings_as_json(checkout: Path) -> None:
    edit(checkout / SCHEMA, '"prometheus"', '"statsd"')
    done = run("--check", "--json", folder=checkout)
    told = json.loads(done.stdout)
    assert told["command"] == "schema"
    assert told["exit_code"] == done.returncode == 1
    assert told["written"] == []
    [finding] = told["findings"]
    assert finding["path"] == SCHEMA
    assert "edited by hand" in finding["message"]


def test_a_folder_that_is_no_checkout(tmp_path: Path) -> None:
    done = run(folder=tmp_path)
    assert done.returncode == 2
    assert ". holds no omnibase_core with models/contracts/subcontracts" in done.stderr
    assert "try --root DIR" in done.stderr
