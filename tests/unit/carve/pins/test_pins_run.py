"""Running the scenarios of a tree and reading how they compare."""

from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError
from carve.pins.outcome import Progress
from carve.pins.repeat import repeat_pins
from carve.pins.run import run_pins


def test_scenarios_that_show_what_was_pinned_are_held(shop: Any) -> None:
    seen: list[Progress] = []
    run = run_pins(shop.tree, on_scenario=seen.append)
    assert run.ok
    assert [each.scenario for each in run.held] == [
        "till/close/takes_its_time",
        "till/close/writes_a_receipt",
        "till/pay/refuses--1",
        "till/pay/refuses--2",
        "till/pay/takes_money",
    ]
    assert [each.index for each in seen] == [1, 2, 3, 4, 5]
    assert {each.total for each in seen} == {5}
    assert run.results[0].masked == {"id": 2}


def test_a_change_is_shown_with_its_path_and_both_sides(shop: Any) -> None:
    shop.till.write_text(shop.till.read_text().replace("negative", "odd").replace("4)", "4, 1)"))
    run = run_pins(shop.tree)
    found = {(each.scenario, each.path): (each.before, each.after) for each in run.differences}
    assert found == {
        ("till/close/takes_its_time", "elapsed_seconds"): (7.0, 8.0),
        ("till/close/takes_its_time", "outcome.returned.at"): (1704067207.0, 1704067208.0),
        ("till/pay/refuses--1", "outcome.raised.message"): (
            "negative amount -1 at <id 1>",
            "odd amount -1 at <id 1>",
        ),
        ("till/pay/refuses--2", "outcome.raised.message"): (
            "negative amount -2 at <id 1>",
            "odd amount -2 at <id 1>",
        ),
    }
    assert {each.kind for each in run.differences} == {"changed"}
    assert not run.ok


def test_new_missing_and_broken_pins_do_not_disturb_the_others(shop: Any) -> None:
    shop.pin("till/pay/takes_money").rename(shop.pin("till/pay/gives_change"))
    broken = shop.pin("till/pay/refuses--1")
    broken.write_text('format: 1\nscenario: "till')
    run = run_pins(shop.tree)
    assert [each.scenario for each in run.new] == ["till/pay/takes_money"]
    assert [(each.kind, each.scenario) for each in run.missing] == [
        ("missing", "till/pay/gives_change")
    ]
    assert len(run.held) == 3
    (error,) = run.error
    assert error.scenario == "till/pay/refuses--1"
    assert error.message.startswith("the pin of 'till/pay/refuses--1' is not YAML")
    assert str(broken) in error.message
    assert len(error.message.splitlines()) == 3


def test_a_subject_that_cannot_be_imported_is_told_once(shop: Any) -> None:
    shop.till.write_text("import no_such_module\n")
    expected = (
        "subjects.yaml says till.after is 'shop.till:Till', which cannot be imported: "
        "ModuleNotFoundError: No module named 'no_such_module'"
    )
    for workers in (0, 2):
        with pytest.raises(CarveError, match=r"^subjects\.yaml says till\.after") as caught:
            run_pins(shop.tree, workers=workers)
        assert caught.value.message == expected
    done = shop.pytest()
    assert done.returncode == 4
    assert (done.stdout + done.stderr).count("no_such_module") == 1


def test_a_tree_without_scenarios_or_folder_is_refused(shop: Any, tmp_path: Path) -> None:
    with pytest.raises(CarveError, match="is no characterization folder"):
        run_pins(tmp_path)
    with pytest.raises(CarveError, match="no scenarios were found"):
        run_pins(shop.tree, select="nothing_is_called_so")


def test_a_crash_shows_the_end_of_the_output(shop: Any) -> None:
    ends = "import os\nos.write(2, b'last words')\nos._exit(9)\n"
    (shop.home / "scenarios" / "conftest.py").write_text(ends)
    with pytest.raises(CarveError, match=r"did not run to their end:(.|\n)*last words"):
        run_pins(shop.tree)


def test_outer_pytest_settings_are_not_inherited(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert run_pins(shop.tree, select="takes_money").ok


def test_order_hashes_and_workers_change_nothing(shop: Any) -> None:
    run = repeat_pins(shop.tree, 2)
    assert run.ok
    texts = {each.scenario: each.text for each in run.results}
    alone = run_pins(shop.tree, seed=5, hash_seed="1")
    assert texts == {each.scenario: each.text for each in alone.results}


def test_what_differs_between_runs_is_not_reproducible(shop: Any) -> None:
    shop.scenario(
        "def test_hashes(pinned):\n    pinned.check({'order': list({'a', 'b', 'c', 'd', 'e'})})\n"
    )
    run = repeat_pins(shop.tree, 3, select="hashes", workers=0)
    (result,) = run.not_reproducible
    assert result.scenario == "till/extra/hashes"
    assert result.differences[0].kind == "not reproducible"


def test_a_module_that_cannot_be_imported_leaves_the_others_running(shop: Any) -> None:
    shop.scenario("import no_such_module\n")
    run = run_pins(shop.tree)
    assert len(run.held) == 5
    assert "no_such_module" in run.error[0].message
    assert run.orphans == ()
