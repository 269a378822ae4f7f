"""The commands about behaviour: verify, pin and coverage."""

from typing import Any


def _scenario(project: Any, text: str) -> None:
    path = project.folder / "characterization" / "scenarios" / "till" / "test_more.py"
    path.write_text(text)


def test_pins_that_hold_are_counted(pinned_project: Any) -> None:
    done = pinned_project.carve("verify")
    assert done.code == 0
    assert done.err == ""
    assert done.out.startswith("2 of 2 pins held, ")
    many = pinned_project.carve("verify", "till/pay/prints", "--repeat", "2", "--json")
    assert many.code == 0
    assert (many.document["held"], many.document["total"], many.document["repeat"]) == (1, 1, 2)


def test_a_changed_pin_is_shown_until_it_is_accepted(pinned_project: Any) -> None:
    pinned_project.rewrite(pinned_project.till, "return self.amount\n", "return -self.amount\n")
    done = pinned_project.carve("verify")
    assert done.code == 1
    assert done.out.startswith(
        "changed  till/pay/takes_money\n  outcome\n  └── returned\n      - 3\n      + -3\n"
    )
    assert "1 of 2 pins held, 1 changed, " in done.out
    document = pinned_project.carve("verify", "--json").document
    assert document["exit_code"] == 1
    (found,) = document["open"]
    (difference,) = found["differences"]
    assert set(difference) == {"kind", "scenario", "path", "before", "after"}
    assert (difference["path"], difference["after"]) == ("outcome.returned", -3)

    accepted = pinned_project.carve("pin", "till/*/takes_*", "--reason", "it owes")
    assert accepted.code == 0, accepted.err
    assert accepted.out == "accepted   till/pay/takes_money\n"
    assert "reason: it owes" in pinned_project.git("diff", "characterization/pins")
    assert pinned_project.carve("verify").code == 0
    again = pinned_project.carve("pin", "till", "--reason", "again")
    assert again.out.endswith("nothing to do: every pin is as it was\n")


def test_only_the_named_scenario_is_accepted(pinned_project: Any) -> None:
    more = "def test_prints_twice(subject, pinned):\n    pinned.check({'n': 2})\n"
    _scenario(pinned_project, more + more.replace("twice", "twice_over"))
    done = pinned_project.carve("pin", "till/more/prints_twice", "--reason", "new", "--json")
    assert done.document["accepted"] == ["till/more/prints_twice"]
    left = pinned_project.carve("verify", "--json").document
    assert [each["scenario"] for each in left["open"]] == ["till/more/prints_twice_over"]
    assert left["open"][0]["status"] == "new"


def test_what_is_not_reproducible_is_not_accepted(pinned_project: Any) -> None:
    _scenario(
        pinned_project,
        "import itertools\ncount = itertools.count()\n"
        "def test_counts(subject, pinned):\n    pinned.check({'n': next(count)})\n",
    )
    done = pinned_project.carve("pin", "till/more", "--reason", "why not")
    assert done.code == 1
    assert done.out.startswith("not reproducible  till/more/counts\n")


def test_pins_without_a_scenario_are_removed_when_asked(pinned_project: Any) -> None:
    path = pinned_project.folder / "characterization" / "pins" / "till" / "pay" / "prints.yaml"
    path.rename(path.with_name("printed.yaml"))
    done = pinned_project.carve("verify")
    assert done.code == 1
    assert "missing  till/pay/printed\n  no scenario writes this pin\n" in done.out
    assert "remove what is left over: carve pin --prune\n" in done.out
    pruned = pinned_project.carve("pin", "--prune")
    assert (pruned.code, pruned.out) == (0, "removed    till/pay/printed\n")
    assert not path.with_name("printed.yaml").exists()


def test_differences_with_one_cause_are_one_group(pinned_project: Any) -> None:
    _scenario(
        pinned_project,
        "import pytest\n\n@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_pays(subject, pinned, n):\n    till = subject.cls()\n"
        "    pinned.check({'paid': {'all': [till.pay(n), n]}})\n",
    )
    assert pinned_project.carve("pin", "till/more", "--reason", "new").code == 0
    pinned_project.rewrite(pinned_project.till, "self.amount += amount", "self.amount -= amount")
    done = pinned_project.carve("verify", "till/more")
    assert done.out.startswith(
        "changed  till/more/pays-1\n  paid\n  └── all\n      └── [0]\n"
        "          - 1\n          + -1\n"
        "the same in 1 more scenario\n  till/more/pays-2\n\n"
    )
    document = pinned_project.carve("verify", "till/more", "--json").document
    assert document["causes"][0]["scenarios"] == ["till/more/pays-1", "till/more/pays-2"]
    assert [each["differences"][0]["after"] for each in document["open"]] == [-1, -2]


def test_what_is_scrubbed_is_measured(pinned_project: Any) -> None:
    _scenario(
        pinned_project,
        "import uuid\ndef test_ids(subject, pinned):\n    one, two = uuid.uuid4(), uuid.uuid4()\n"
        "    pinned.check({'ids': [one, two, str(one)]})\n",
    )
    assert pinned_project.carve("pin", "till/more", "--reason", "new").code == 0
    done = pinned_project.carve("scrub")
    assert done.code == 0, done.out + done.err
    (row,) = [line.split() for line in done.out.splitlines() if line.startswith("id ")]
    assert row == ["id", "3", "1", "yes", "2/2", "yes", "2/2", "yes", "2/2"]
    assert done.out.endswith("3 values masked in 3 scenarios, 6 of 6 wrong values seen\n")
    document = pinned_project.carve("scrub", "till/more", "--json").document
    rule = document["rules"][0]
    assert (rule["name"], rule["masked"], rule["identity"]["verdict"]) == ("id", 3, "yes")
    assert document["unseen"] == []


def test_a_scenario_that_ends_the_process_is_not_accepted_and_the_others_are(
    pinned_project: Any,
) -> None:
    _scenario(
        pinned_project,
        "import os\ndef test_ends(pinned):\n    os._exit(7)\n"
        "def test_more(pinned):\n    pinned.check({'n': 1})\n",
    )
    done = pinned_project.carve("pin", "till/more", "--reason", "new")
    assert done.code == 1
    assert "accepted   till/more/more\n" in done.out
    assert "error  till/more/ends\n  'till/more/ends' ended the process with exit code 7\n" in (
        done.out
    )


def test_a_pin_that_is_no_text_is_told_and_can_be_accepted_again(pinned_project: Any) -> None:
    path = pinned_project.folder / "characterization" / "pins" / "till" / "pay" / "prints.yaml"
    path.write_bytes(b"\xff\xfe")
    done = pinned_project.carve("verify")
    assert "the pin of 'till/pay/prints' cannot be read" in done.out
    again = pinned_project.carve("pin", "till/pay/prints", "--reason", "restored")
    assert (again.code, again.out) == (0, "accepted   till/pay/prints\n")


def test_a_name_that_means_nothing_is_refused(pinned_project: Any) -> None:
    for command in (("verify",), ("pin", "--reason", "x")):
        done = pinned_project.carve(*command, "till/pay/print")
        assert done.code == 2
        assert done.err.startswith("error: no scenario is called 'till/pay/print'\n  at  ")
    nowhere = pinned_project.carve("verify", "--folder", "elsewhere")
    assert nowhere.code == 2
    assert "'elsewhere' is no characterization folder" in nowhere.err


def test_open_lines_and_branches_are_told(pinned_project: Any) -> None:
    for plan in ((), ("--plan", "plan.yaml")):
        done = pinned_project.carve("coverage", "shop.till", *plan)
        assert done.code == 1, done.err
        assert 'open  src/shop/till.py:15  no scenario runs it: raise ValueError("negative")' in (
            done.out
        )
        assert "shop.till: 11 of 13 lines held, 2 lines and 1 branch open" in done.out


def test_listed_lines_are_excused_with_their_reason(pinned_project: Any) -> None:
    listed = pinned_project.folder / "characterization" / "unreachable.yaml"
    listed.write_text(
        "- {module: shop.till, code: 'raise ValueError(\"negative\")', reason: nobody pays less}\n"
        "- {module: shop.till, code: 'self.amount = 0', within: Till.close, reason: never}\n"
        "- {module: shop.till, code: 'if amount < 0:', reason: nobody pays less, "
        "to: 'raise ValueError(\"negative\")'}\n"
        "- {module: other, code: x, reason: not asked for}\n"
    )
    done = pinned_project.carve("coverage", "shop.till")
    assert done.code == 0, done.out
    assert 'unreachable  raise ValueError("negative")\n  nobody pays less\n' in done.out
    assert done.out.endswith("3 listed as unreachable, nothing open\n")
    document = pinned_project.carve("coverage", "shop.till", "--json").document
    assert document["open"] == []
    assert {"line": 16, "scenarios": ["till/pay/takes_money"]} in document["lines"]


def test_coverage_by_pins_that_do_not_hold_counts_for_nothing(pinned_project: Any) -> None:
    pinned_project.rewrite(pinned_project.till, "return self.amount\n", "return -self.amount\n")
    done = pinned_project.carve("coverage", "shop.till")
    assert done.code == 1
    assert "changed  till/pay/takes_money" in done.out


def test_coverage_of_an_unknown_module_is_impossible(pinned_project: Any) -> None:
    done = pinned_project.carve("coverage", "shop.til")
    assert done.code == 2
    assert done.err == (
        "error: there is no module 'shop.til' below src\n  did you mean 'shop.till'?\n"
    )
