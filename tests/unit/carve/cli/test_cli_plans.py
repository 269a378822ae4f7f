"""The commands about a plan, on a small repository with two steps."""

from typing import Any

import pytest


def test_a_chain_that_can_be_carried_out_is_ok(project: Any) -> None:
    done = project.carve("check", "plan.yaml")
    assert done.code == 0
    assert done.err == ""
    lines = done.out.splitlines()
    assert lines[0].startswith("ok             01-receipts  Extract MixinReceipts from Till (1 ")
    assert lines[-1] == "2 of 2 steps can be carried out, 2 members, 6 lines"
    assert project.git("status", "--porcelain") == ""


def test_all_objections_are_shown_below_their_checks(project: Any) -> None:
    project.rewrite(project.plan, "[close]", "[clos, pai]")
    done = project.carve("check", "plan.yaml")
    assert done.code == 1
    assert (
        "refused        02-closing   Extract MixinClosing from Till\n"
        "  names-exist  2 found\n"
        "    src/shop/till.py:8  Till has no member 'clos' of its own\n"
        "      did you mean close?\n"
    ) in done.out
    document = project.carve("check", "plan.yaml", "--json").document
    assert document["command"] == "check"
    assert document["exit_code"] == 1
    assert [step["state"] for step in document["steps"]] == ["planned", "refused"]
    assert len(document["steps"][1]["problems"]) == 2


def test_a_preview_is_a_patch_and_nothing_else(project: Any) -> None:
    done = project.carve("preview", "plan.yaml")
    assert done.code == 0
    assert done.out.startswith("diff --git a/src/shop/mixin_receipts.py ")
    assert "2 of 2 steps can be carried out" in done.err
    project.git("apply", "--check", stdin=done.out)
    project.git("apply", stdin=done.out)
    assert "class Till(MixinClosing, MixinReceipts):" in project.till.read_text()


def test_one_step_can_be_previewed_alone(project: Any) -> None:
    done = project.carve("preview", "plan.yaml", "--step", "02-closing")
    assert "mixin_closing.py" in done.out
    assert "b/src/shop/mixin_receipts.py" not in done.out


def test_a_refused_preview_tells_why_on_stderr(project: Any) -> None:
    project.rewrite(project.plan, "[receipt]", "[recept]")
    done = project.carve("preview", "plan.yaml")
    assert (done.code, done.out) == (1, "")
    assert "did you mean receipt?" in done.err


def test_a_run_ends_in_a_table_and_a_second_has_nothing_to_do(project: Any) -> None:
    before = project.carve("status", "plan.yaml")
    assert before.code == 0
    assert before.out.endswith("0 of 2 steps done\n")
    done = project.carve("run", "plan.yaml")
    assert (done.code, done.err) == (0, "")
    table = done.out.split("\n\n")[0].splitlines()
    assert table[0].split() == ["step", "state", "moved", "lines", "seconds", "commit"]
    assert table[1].split()[:3] == ["01-receipts", "done", "MixinReceipts"]
    assert table[2].split() == ["receipt"]
    assert "\n2 of 2 steps done, 2 members, 6 lines, " in done.out
    sums = {line[:11].strip(): line.split()[-3:] for line in done.out.splitlines()}
    assert sums["taken apart"] == ["25", "21", "1"]
    assert sums["mixins"] == ["0", "35", "2"]
    phases, result = done.out.splitlines()[-2:]
    assert phases.startswith("seconds    import ")
    ref = "refs/carve/plan"
    commit = project.git("rev-parse", ref).strip()
    assert result == f"result: {ref}; land it with carve apply"
    assert project.git("status", "--porcelain") == ""

    again = project.carve("run", "plan.yaml", "--json")
    assert again.code == 0
    assert again.document["nothing_to_do"] is True
    told = project.carve("run", "plan.yaml")
    assert "nothing to do: 2 of 2 steps are done\n" in told.out
    assert project.git("rev-parse", ref).strip() == commit


def test_a_result_can_be_seen_and_landed(project: Any) -> None:
    project.carve("run", "plan.yaml")
    commit = project.git("rev-parse", "refs/carve/plan").strip()
    state = project.carve("status", "plan.yaml")
    assert state.out.endswith("2 of 2 steps done\n")
    assert commit[:10] in state.out
    report = project.carve("report", "plan.yaml", "--json").document
    assert [step["state"] for step in report["steps"]] == ["done", "done"]

    project.git("merge", "--quiet", commit[:10])
    assert "class Till(MixinClosing, MixinReceipts):" in project.till.read_text()


def test_a_run_in_place_commits_on_what_is_checked_out(project: Any) -> None:
    done = project.carve("run", "plan.yaml", "--in-place")
    assert done.code == 0, done.err
    commit = project.git("rev-parse", "HEAD").strip()
    assert done.out.endswith(f"\nresult: {commit[:10]}, on what is checked out\n")
    assert "class Till(MixinClosing, MixinReceipts):" in project.till.read_text()
    assert project.git("status", "--porcelain") == ""


def test_a_run_stops_where_it_was_told_to(project: Any) -> None:
    done = project.carve("run", "plan.yaml", "--until", "01-receipts")
    assert done.code == 0, done.err
    assert "1 of 2 steps done" in done.out
    assert done.out.endswith("\nso far: refs/carve/plan\n")
    wrong = project.carve("run", "plan.yaml", "--until", "03")
    assert wrong.code == 2
    assert wrong.err.startswith("error: the plan has no step '03'\n  at  plan.yaml:")


def test_a_refused_step_ends_the_run_with_1(project: Any) -> None:
    project.rewrite(project.plan, "[close]", "[clos]")
    done = project.carve("run", "plan.yaml")
    assert done.code == 1
    assert "02-closing  refused\n  names-exist  1 found\n" in done.out
    assert "1 of 2 steps done" in done.out
    assert project.carve("run", "plan.yaml", "--json").document["exit_code"] == 1


def test_a_dirty_tree_is_refused(project: Any) -> None:
    project.till.write_text(project.till.read_text() + "\n")
    done = project.carve("run", "plan.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: the tree has uncommitted changes: src/shop/till.py\n")


def test_extract_changes_the_tree_and_has_nothing_to_do_again(project: Any) -> None:
    words = ("extract", "src/shop/till.py:Till", "--members", "close, receipt")
    words += ("--to", "shop.mixin_end:MixinEnd")
    dry = project.carve(*words, "--dry-run")
    assert dry.code == 0
    project.git("apply", "--check", stdin=dry.out)
    assert project.git("status", "--porcelain") == ""
    done = project.carve(*words)
    assert done.code == 0
    assert done.out == (
        "done  Extract MixinEnd from Till (2 members, 6 lines)\n"
        "  src/shop/mixin_end.py\n  src/shop/till.py\n"
        "  note  shop.till no longer uses time; they stay importable from it unless the step "
        "lists them under drops:\n"
    )
    again = project.carve(*words, "--json")
    assert again.code == 0
    assert again.document["step"]["state"] == "nothing to do"


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("src/shop/til.py:Till shop.m:M close", "2 did you mean 'till.py'?"),
        ("src/shop/till.py shop.m:M close", "2 write it as FILE:CLASS"),
        ("plan.yaml:Till shop.m:M close", "2 the file is no Python module"),
        ("src/shop/till.py:Till shopm close", "2 write it as package.module:Class"),
        ("src/shop/till.py:Till shop.m:M ", "2 members"),
        ("src/shop/till.py:Till shop.m:M clos", "1 did you mean close?"),
        ("src/shop/till.py:Til shop.m:M close", "1 did you mean Till?"),
    ],
)
def test_extract_refuses_what_it_cannot_find(project: Any, words: str, ended: str) -> None:
    source, target, members = words.split(" ")
    code, _, message = ended.partition(" ")
    done = project.carve("extract", source, "--members", members, "--to", target)
    assert done.code == int(code)
    assert message in done.out + done.err
    assert project.git("status", "--porcelain") == ""


def test_extract_takes_a_file_from_the_current_folder(project: Any) -> None:
    words = ("extract", "till.py:Till", "--members", "close", "--to", "shop.m:MixinM")
    done = project.carve(*words, cwd=project.till.parent)
    assert done.code == 0, done.err
    assert (project.till.parent / "m.py").is_file()


def test_the_checks_are_listed_with_their_promises(project: Any) -> None:
    document = project.carve("checks", "--json").document
    assert {each["when"] for each in document["checks"]} == {"before", "after", "written"}
    assert all(each["promise"].endswith((".", ":")) for each in document["checks"])
    shown = project.carve("checks").out
    assert all(f"  {each['name']} " in shown for each in document["checks"])
    assert max(map(len, shown.splitlines())) <= 80


def test_a_check_explains_itself_with_an_example(project: Any) -> None:
    (check,) = project.carve("checks", "mangled-names", "--json").document["checks"]
    assert check["explanation"].startswith("No private name is in moved code")
    shown = project.carve("checks", "mangled-names").out
    assert "\n    class PrivateStore:\n        __total = 3\n" in shown
    assert "```" not in shown
    unknown = project.carve("checks", "mangled-name")
    assert (unknown.code, "did you mean 'mangled-names'?" in unknown.err) == (2, True)
