"""What the rules hide is measured by planting wrong values."""

import json
from typing import Any
from uuid import uuid4

import pytest

from carve.pins import normalise
from carve.pins.planting import ASPECTS, KINDS
from carve.pins.rules import RULES
from carve.pins.run import run_pins
from carve.pins.scrub import measure


class Strange:
    def one(self) -> None: ...
    def two(self) -> None: ...


def _observation() -> dict[str, Any]:
    first, second = uuid4(), uuid4()
    frames = 'Traceback (most recent call last):\n  File "a.py", line 3\n'
    abstract = "Can't instantiate abstract class {} "
    return {
        "ids": [first, second, f"see {first}", {f"key {second}": 1}, {first, second}],
        "address": ["<A object at 0x12>", "<B object at 0x13>"],
        "floats": [0.1 + 0.2, 0.7 + 0.1, 99.99990463, 1.00000463],
        "callables": [Strange().one, Strange.two],
        "paths": ["<root>/a", "<other>/b", "<root>/a"],
        "calls": ["Till.pay() missing 1", "Till.go() takes 1"],
        "abstract": [
            abstract.format(name) + text
            for name in "AB"
            for text in (
                "with abstract method go",
                "without an implementation for abstract method 'go'",
            )
        ],
        "names": ["ThreadPoolExecutor-12_0 Task-77 tmpab12_9yz", "ThreadPoolExecutor-3_1"],
        "more": ["Task-1!", "Task-2?", "tmpaaaaaaaa.txt", "tmpbbbbbbbb.log"],
        "suggestion": ["f(). Did you mean 'b'?", "g(). Did you mean 'b'?"],
        "traceback": [f"{frames}OSError", f"{frames}KeyError"],
        "repr": ["<bound method A.b of x>", "<function A.c>"],
        "links": ["https://errors.pydantic.dev/2.11/v/a", "https://errors.pydantic.dev/2.11/v/b"],
    }


_ROOTS = {"<root>": "<scratch>", "<other>": "<tree>"}


def test_every_rule_is_put_to_the_test_and_nothing_goes_unseen() -> None:
    found = measure(_observation(), _ROOTS)
    assert found["unseen"] == []
    for rule in RULES:
        planted = found["planted"][rule.name]
        wanted = [aspect for aspect in ASPECTS if aspect not in KINDS[rule.name].hides]
        assert sorted(planted) == sorted(wanted), rule.name
        assert all(tried == seen > 0 for tried, seen in planted.values())


def test_a_rule_that_hides_too_much_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(tree: Any) -> dict[str, int]:
        return dict.fromkeys((t for _, text in texts(tree) for t in tokens(text)), 1)

    texts, tokens = normalise._texts, normalise.TOKEN.findall
    monkeypatch.setattr(normalise, "_number", blind)
    found = measure(_observation(), _ROOTS)
    assert {(each["rule"], each["aspect"]) for each in found["unseen"]} == {
        ("id", "order"),
        ("id", "identity"),
    }
    assert found["planted"]["id"]["presence"] == [2, 2]


def test_sets_sorted_away_are_not_blamed_on_a_rule() -> None:
    ids = [uuid4() for _ in range(3)]
    found = measure({"set": set(ids), "one": f"{ids[0]}"}, {})
    assert found["unseen"] == []
    assert found["planted"] == {"id": {"presence": [2, 2]}}


def test_values_are_planted_where_a_scenario_checks(shop: Any) -> None:
    run = run_pins(shop.tree, scrub=True)
    assert run.ok
    scrubs = {each.scenario: each.scrub for each in run.results}
    assert scrubs["till/close/takes_its_time"]["planted"]["id"]["identity"] == [1, 1]
    assert all(scrub["unseen"] == [] for scrub in scrubs.values())
    done = shop.pytest("--pin-scrub", str(shop.tree / "scrub.json"))
    assert done.returncode == 0
    written = json.loads((shop.tree / "scrub.json").read_text())
    assert written["till/close/takes_its_time"]["masked"] == {"id": 2}
    assert list(written) == sorted(scrubs)
