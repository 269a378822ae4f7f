"""Accepting behaviour: by name, with a reason, and only when two runs agree."""

from typing import Any

import pytest
import yaml


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pin", "--reason", "because"], "--pin names no scenario"),
        (["--pin", "-k", "refuses"], "--pin gives no reason"),
        (["--pin", "--prune", "-k", "refuses"], "needs the whole set"),
        (["--reason", "because"], "belong to --pin"),
    ],
)
def test_unasked_acceptance_is_refused(shop: Any, arguments: list[str], message: str) -> None:
    done = shop.pytest(*arguments)
    assert done.returncode == 4
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_only_the_named_scenario_is_accepted_and_the_reason_kept(shop: Any) -> None:
    shop.till.write_text(shop.till.read_text().replace("negative", "odd"))
    other = shop.pin("till/pay/refuses--2").read_text()
    done = shop.pytest("--pin", "-k", "refuses and 1", "--reason", "a better word")
    assert done.returncode == 0
    pin = yaml.safe_load(shop.pin("till/pay/refuses--1").read_text())
    assert pin["reason"] == "a better word"
    assert pin["observed"]["outcome"]["raised"]["message"] == "odd amount -1 at <id 1>"
    assert shop.pin("till/pay/refuses--2").read_text() == other
    assert "accept it: pytest characterization --pin -k test_refuses" in shop.pytest().stdout


def test_what_was_shown_before_can_stay_in_the_pin(shop: Any) -> None:
    shop.till.write_text(shop.till.read_text().replace("negative", "odd"))
    done = shop.pytest("--pin", "-k", "refuses", "--moved-on", "--reason", "the message was wrong")
    assert done.returncode == 0
    assert shop.pytest("-k", "refuses").returncode == 0
    assert shop.pytest("-k", "refuses", "--subject", "before").returncode == 1
    shop.till.write_text(shop.till.read_text().replace("odd", "negative"))
    assert shop.pytest("-k", "refuses", "--subject", "before").returncode == 0


def test_a_scenario_that_shows_something_else_each_time_is_not_accepted(shop: Any) -> None:
    shop.scenario("import itertools\nN = itertools.count()\ndef test_counts(pinned):\n"
                  "    pinned.check({'n': next(N)})\n")  # fmt: skip
    done = shop.pytest("--pin", "-k", "counts", "--reason", "why not")
    assert done.returncode == 1
    assert "not accepted, as two runs differ" in done.stdout
    assert not shop.pin("till/extra/counts").exists()


def test_a_scenario_that_fails_or_never_checks_is_not_accepted(shop: Any) -> None:
    shop.scenario(
        "def test_forgets(pinned):\n    pass\n"
        "def test_fails(pinned):\n    pinned.check({'n': 1})\n    assert False\n"
        "def test_twice(pinned):\n    pinned.check({'n': 1})\n    pinned.check({'n': 1})\n"
    )
    done = shop.pytest("--pin", "-k", "extra", "--reason", "why not")
    assert done.returncode == 1
    assert "'till/extra/forgets' never checks an observation" in done.stdout
    assert "'till/extra/twice' checks twice" in done.stdout
    assert not (shop.home / "pins" / "till" / "extra").exists()


def test_orphans_are_listed_and_removed_when_asked(shop: Any) -> None:
    orphan = shop.pin("till/gone/was_here")
    orphan.parent.mkdir()
    orphan.write_text(shop.pin("till/pay/takes_money").read_text())
    done = shop.pytest()
    assert done.returncode == 1
    assert "missing  till/gone/was_here" in done.stdout
    assert shop.pytest("-k", "refuses").returncode == 0
    assert shop.pytest("--pin", "--prune").returncode == 0
    assert not orphan.parent.exists()


def test_scenarios_that_would_share_a_pin_are_refused(shop: Any) -> None:
    shop.scenario("def test_a(pinned):\n    pass\n\ndef test_A(pinned):\n    pass\n")
    done = shop.pytest()
    assert done.returncode == 4
    assert "would share the pin" in done.stderr
