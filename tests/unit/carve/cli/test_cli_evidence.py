"""Evidence is written after a run, checked, replayed; a report can be a page or a JUnit file."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

FILES = ["01-receipts.json", "02-closing.json", "shop.till.lines.json"]


@pytest.fixture
def proven(pinned_project: Any) -> Any:
    """Return a project with pins whose plan names a folder for evidence."""
    keys = "roots: [src]\nevidence: proof\nverify: {pins: characterization}"
    pinned_project.rewrite(pinned_project.plan, "roots: [src]", keys)
    done = pinned_project.carve("run", "plan.yaml")
    assert done.code == 0, done.out
    assert "evidence of 2 steps in proof, 3 files changed\n" in done.out
    assert "shop.till: 25 lines accounted for (" in done.out
    return pinned_project


def kept(project: Any, name: str) -> Any:
    return json.loads((project.folder / "proof" / name).read_text())


def test_a_run_leaves_evidence_and_a_second_changes_nothing(proven: Any) -> None:
    assert sorted(path.name for path in (proven.folder / "proof").iterdir()) == FILES
    step = kept(proven, "01-receipts.json")
    assert step["proofs"] == {"pins": 2, "of": 2, "tests": None}
    (move,) = step["members"][0]["moves"]
    assert move == "src/shop/till.py:19-21 -> src/shop/mixin_receipts.py:16-18"
    lines = kept(proven, "shop.till.lines.json")
    assert lines["scenarios"] == ["import", "till/pay/prints", "till/pay/takes_money"]
    again = proven.carve("run", "plan.yaml", "--json")
    assert again.code == 0, again.err
    assert again.document["evidence"]["changed"] == []
    assert sorted(
        each.split()[1] for each in proven.git("status", "--porcelain").splitlines()
    ) == ["proof/"]


def test_what_is_kept_is_compared_with_the_plan(proven: Any) -> None:
    proven.commit()
    done = proven.carve("evidence", "plan.yaml", "--check")
    assert (done.code, done.out) == (0, "the evidence in proof is what 2 steps lead to\n")
    proven.rewrite(proven.till, "self.amount = 0\n\n    def pay", "self.amount = 1\n\n    def pay")
    done = proven.carve("evidence", "plan.yaml", "--check")
    assert done.code == 1
    assert "proof/01-receipts.json  tree was " in done.out
    assert "write it anew: carve evidence PLAN" in done.out
    refused = proven.carve("evidence", "plan.yaml")
    assert refused.code == 1
    assert "step '01-receipts' has not been verified as it is now" in refused.err


def test_a_scenario_that_is_no_more_is_named(proven: Any) -> None:
    (proven.folder / "characterization/pins/till/pay/prints.yaml").unlink()
    done = proven.carve("evidence", "plan.yaml", "--check", "--json")
    assert done.code == 1
    (problem,) = done.document["problems"]
    assert problem["message"] == "the scenario 'till/pay/prints' has no pin any more"


def test_evidence_can_be_asked_for_without_a_folder_in_the_plan(project: Any) -> None:
    done = project.carve("evidence", "plan.yaml")
    assert done.code == 0, done.err
    assert "evidence of 2 steps in evidence, 3 files changed\n" in done.out
    assert project.carve("evidence", "plan.yaml", "--check").code == 0


def test_a_replay_leads_to_the_same_trees(proven: Any) -> None:
    proven.commit()
    done = proven.carve("replay", "plan.yaml")
    assert done.code == 0, done.out + done.err
    assert done.out.endswith("every step leads to the tree that the evidence has\n")
    path = proven.folder / "proof/02-closing.json"
    tree = kept(proven, "02-closing.json")["tree"]
    path.write_text(path.read_text().replace(tree, "0" * 40))
    done = proven.carve("replay", "plan.yaml", "--verify", "--annotations", "--json")
    assert done.code == 1
    first, second = done.document["steps"]
    assert (first["problems"], first["pins"]) == ([], 2)
    assert second["problems"][0]["message"].endswith("where the evidence has " + "0" * 40)
    assert done.document["annotations"][0].startswith("::error file=02-closing,")
    (proven.folder / "proof/01-receipts.json").unlink()
    done = proven.carve("replay", "plan.yaml")
    assert "there is no evidence to compare with" in done.out


def test_a_report_is_a_page_too(proven: Any) -> None:
    done = proven.carve("report", "plan.yaml", "--html", "out/report.html")
    assert done.code == 0, done.err
    assert "2 of 2 steps done" in done.out
    sums = "16 in place, 6 moved, 3 dropped, 2 that no scenario holds"
    assert done.out.endswith(f"shop.till: 25 lines: {sums}\n")
    text = (proven.folder / "out/report.html").read_text()
    assert "<title>Till</title>" in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert [step["pins"] for step in data["steps"]] == [2, 2]
    assert all(step["diff"].startswith("diff --git") for step in data["steps"])
    assert data["modules"][0]["scenarios"] == ["import", "till/pay/prints", "till/pay/takes_money"]
    assert [each["class"] for each in data["left"]] == ["shop.till:Till"]


def test_a_page_that_cannot_be_written_is_an_error(project: Any) -> None:
    done = project.carve("report", "plan.yaml", "--html", "plan.yaml/report.html")
    assert done.code == 2
    assert done.err.startswith("error: the file cannot be written: ")


def test_objections_reach_the_forge(project: Any) -> None:
    project.rewrite(project.plan, "[close]", "[clos]")
    for words in (("check",), ("report",), ("run",)):
        done = project.carve(*words, "plan.yaml", "--junit", "out.xml", "--annotations")
        suites = ET.fromstring((project.folder / "out.xml").read_text())  # noqa: S314 - our own
        assert (suites.get("tests"), suites.get("failures")) == ("2", "1")
        last = done.out.splitlines()[-1]
        assert last.startswith("::error file=src/shop/till.py,line=8,title=02-closing%3A names-")
        (project.folder / "out.xml").unlink()


def test_what_mutate_found_is_told_as_long_as_the_text_is_the_same(pinned_project: Any) -> None:
    judged = pinned_project.carve("mutate", "shop.till", "--json")
    assert judged.document["totals"]["mutants"] > 0
    words = ("report", "plan.yaml", "--html", "report.html")
    for fresh in (True, False):
        pinned_project.carve(*words)
        text = (pinned_project.folder / "report.html").read_text()
        data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
        (module,) = data["mutation"]
        assert module["total"] == (judged.document["totals"]["mutants"] if fresh else 0)
        assert all(each["verdict"] != "killed" for each in module["survivors"])
        if fresh:
            (pinned_project.folder / "report.html").unlink()
            pinned_project.rewrite(pinned_project.till, '"""Print."""', '"""Print it."""')
