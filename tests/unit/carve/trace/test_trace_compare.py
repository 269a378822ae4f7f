"""Recordings are compared test by test; what two runs of one tree disagree on is not."""

import json
import threading
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError
from carve.trace import Recording, compare
from carve.trace.looks import compare_looks
from carve.trace.recorder.log import Log
from carve.trace.recorder.settings import Settings
from carve.trace.recorder.texts import Texts
from carve.trace.recorder.values import Values

PASSED = [["call", "passed", ""]]
Events = list[list[Any]]
_numbers = count()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def recording(folder: Path, events: Events | None = None, **more: Any) -> Recording:
    """Return a recording of one test, `t`, unless `more` says otherwise."""
    line = {"test": "t", "outcomes": PASSED, "events": events or [], "pieces": [], "pieced": 0}
    line |= {"processes": 0, "forked": False, **more}
    lines: list[Any] = [{"format": 1}, {"python": "python"}, {"began": line["test"]}, line]
    if more.get("outcomes", PASSED) is None:
        lines.pop()
    path = folder / f"{next(_numbers)}.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in lines))
    return Recording(path)


def one(name: str, value: Any = None) -> Events:
    return [["called", name, {}], ["returns", name, value]]


def test_the_same_is_the_same(folder: Path) -> None:
    assert compare(recording(folder, one("a", 1)), recording(folder, one("a", 1))) == ([], [])


def test_a_different_value_is_shown_with_both_sides(folder: Path) -> None:
    (found,), _ = compare(recording(folder, one("a", [1])), recording(folder, one("a", [2])))
    assert (found.kind, found.what) == ("changed", "a result differs: a")
    assert (found.before, found.after) == ("a returns [1]", "a returns [2]")
    assert (found.tests, found.at) == (("t",), 2)


def test_what_changes_by_itself_is_left_out_and_nothing_else(folder: Path) -> None:
    before = [recording(folder, one("a", {"x": n, "y": 0})) for n in (1, 2)]
    same = recording(folder, one("a", {"x": 3, "y": 0}))
    found, left_out = compare(before[0], same, before_again=before[1:])
    assert found == []
    assert [(each.what, each.tests) for each in left_out] == [("a returns x", ("t",))]
    other = recording(folder, one("a", {"x": 3, "y": 1}))
    assert len(compare(before[0], other, before_again=before[1:])[0]) == 1


def test_where_the_order_changes_by_itself_what_happens_at_all_is_compared(folder: Path) -> None:
    before = [recording(folder, one("a") + one("b")), recording(folder, one("b") + one("a"))]
    again = {"before_again": before[1:]}
    assert compare(before[0], recording(folder, one("b") + one("a")), **again)[0] == []
    (found,), _ = compare(before[0], recording(folder, one("b") * 2 + one("a")), **again)
    assert (found.kind, found.what) == ("new", "new: b(), b returns")
    (found,), left_out = compare(before[0], recording(folder, one("b")), **again)
    assert (found.kind, found.what) == ("lost", "lost: a(), a returns")
    assert left_out[0].what == "the order of its events"
    level = "what happens at all, of 4 sorts of events the number, of 4 the values"
    assert left_out[0].compared == level


def _salted(salt: int, word: str = "by hand", **more: Any) -> Events:
    crew = {f"Worker {salt}": {"size": 1, **more}, "boss": 2}
    return [*one("a", f"{salt} enlisted {word}"), ["sets", "crew", [None, crew]]]


def _told(left_out: list[Any]) -> dict[str, str]:
    return {each.what: each.compared for each in left_out}


def test_what_is_random_in_a_text_or_a_key_hides_nothing_else(folder: Path) -> None:
    before = [recording(folder, _salted(salt)) for salt in (11, 222)]
    again = {"before_again": before[1:]}
    found, left_out = compare(before[0], recording(folder, _salted(3333)), **again)
    assert found == []
    assert _told(left_out) == {
        "a returns": "the other words",
        "self.crew": "the other keys and how many there are",
    }
    assert {each.why for each in left_out} == {"two runs of the tree before differ in it"}
    for other in (_salted(4, "by force"), _salted(4, size=2), _salted(4, new=1)):
        assert len(compare(before[0], recording(folder, other), **again)[0]) == 1


def test_where_a_value_is_random_its_type_is_compared(folder: Path) -> None:
    before = [recording(folder, one("a", value)) for value in (1, 2.5)]
    again = {"before_again": before[1:]}
    assert compare(before[0], recording(folder, one("a", 7)), **again)[0] == []
    (found,), _ = compare(before[0], recording(folder, one("a", "<unset>")), **again)
    assert (found.before, found.after) == ("a returns 1", "a returns <unset>")


@pytest.mark.parametrize("values", [[[1, 2], [2, 1]], [{"x": 1, "y": 2}, {"y": 2, "x": 1}]])
def test_an_order_that_changes_by_itself_hides_no_member(folder: Path, values: list[Any]) -> None:
    before = [recording(folder, one("a", value)) for value in values]
    again = {"before_again": before[1:]}
    assert compare(before[0], recording(folder, one("a", values[1])), **again)[0] == []
    other = [2, 3] if isinstance(values[0], list) else {"x": 1, "z": 2}
    assert len(compare(before[0], recording(folder, one("a", other)), **again)[0]) == 1


def test_values_that_come_in_any_order_are_still_the_same_ones(folder: Path) -> None:
    before = [recording(folder, one("a", x) + one("a", y)) for x, y in ((1, 2), (2, 1))]
    again = {"before_again": before[1:]}
    found, left_out = compare(before[0], recording(folder, one("a", 2) + one("a", 1)), **again)
    assert found == []
    assert _told(left_out) == {"a returns": "all values, in any order"}
    (found,), _ = compare(before[0], recording(folder, one("a", 2) + one("a", 3)), **again)
    assert (found.before, found.after) == ("a returns 1", "a returns 3")


def test_chance_makes_no_difference_of_a_place_that_changes_mostly(folder: Path) -> None:
    runs = [(11, 22, 33), (12, 22, 34), (13, 23, 35)]
    first, again, after = (
        recording(folder, [event for n in run for event in one("a", n)]) for run in runs
    )
    found, left_out = compare(first, after, before_again=[again])
    assert found == []
    assert _told(left_out) == {"a returns": "its type"}


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        ([["called", "skipped", {}]], "lost: skipped()"),
        ([["mock", "m", None], ["calls", "mock m", None]], "lost: mock m is called, calls mock m"),
    ],
)
def test_a_branch_or_a_patch_that_is_lost_shows_in_any_noise(
    folder: Path, lost: Events, what: str
) -> None:
    before = [recording(folder, lost + one("a", n) + one("b") * n) for n in (1, 2)]
    found, left_out = compare(
        before[0], recording(folder, one("b") * 3 + one("a", 3)), before_again=before[1:]
    )
    assert [(each.kind, each.what) for each in found] == [("lost", what)]
    assert [each.what for each in left_out] == ["the order of its events"]


def test_a_difference_is_one_where_both_runs_of_the_tree_after_show_it(folder: Path) -> None:
    before = recording(folder, one("a", {"x": 1, "y": 1}))
    after, again = (recording(folder, one("a", {"x": 1, "y": n})) for n in (2, 3))
    assert len(compare(before, after, after_again=again)[0]) == 1
    other = recording(folder, one("a", {"x": 2, "y": 1}))
    found, left_out = compare(before, after, after_again=other)
    assert found == []
    assert [each.why for each in left_out] == ["one of two runs of the tree after is like before"]
    # What happens is different in the one, a value in the other: no chance can be told from it.
    assert len(compare(before, after, after_again=recording(folder, one("b")))[0]) == 1


@pytest.mark.parametrize(
    ("before", "after", "kind", "what"),
    [
        (one("a") + one("b"), one("a"), "lost", "lost: b(), b returns"),
        (one("a"), one("a") + one("b"), "new", "new: b(), b returns"),
        (one("a") + one("b"), one("b") + one("a"), "order", "another order"),
        ([["mock", "m", None]], [["calls", "time.time", None]], "lost", "lost: mock m is called"),
    ],
)
def test_a_sequence_can_differ(
    folder: Path, before: Events, after: Events, kind: str, what: str
) -> None:
    (found,), _ = compare(recording(folder, before), recording(folder, after))
    assert found.kind == kind
    assert what in found.what


def test_tests_can_be_gone_new_or_end_otherwise(folder: Path) -> None:
    before, gone = recording(folder), recording(folder, test="other")
    assert [each.kind for each in compare(before, gone)[0]] == ["only before", "only after"]
    failed = recording(folder, outcomes=[["call", "failed", "assert 1 == 2"]])
    (found,), _ = compare(before, failed)
    assert (found.kind, found.after) == ("outcome", "failed assert 1 == 2")
    (found,), _ = compare(before, recording(folder, outcomes=None))
    assert found.after == "the process did not outlive it"


def test_a_test_that_is_not_always_there_is_left_out(folder: Path) -> None:
    before, again = recording(folder), recording(folder, test="other")
    found, left_out = compare(before, recording(folder), before_again=[again])
    assert [each.what for each in left_out] == ["that there is such a test"]
    assert found == []


def test_pieces_of_other_threads_have_no_order(folder: Path) -> None:
    before = recording(folder, pieces=[one("a"), one("b")])
    assert compare(before, recording(folder, pieces=[one("b"), one("a")]))[0] == []
    (found,), _ = compare(before, recording(folder, pieces=[one("b"), one("c")]))
    assert (found.before, found.after) == ("a()", "c()")


def test_alike_differences_are_one(folder: Path) -> None:
    def two(value: int) -> Recording:
        path = folder / f"two-{value}.jsonl"
        parts = [recording(folder, one("a", value), test=test) for test in ("t1", "t2")]
        path.write_text("".join(part.path.read_text() for part in parts))
        return Recording(path)

    (found,), _ = compare(two(1), two(2))
    assert found.tests == ("t1", "t2")


def test_the_name_of_a_moved_member_in_a_value_is_told_as_such(folder: Path) -> None:
    def looks(owner: str) -> dict[str, Any]:
        return {"members": {"go": {"owner": owner}}}

    before = recording(folder, one("a", "shop.store.Store.go() takes 1"))
    after = recording(folder, one("a", "shop.mixin.Mixin.go() takes 1"))
    before.looks, after.looks = looks("shop.store.Store"), looks("shop.mixin.Mixin")
    (found,), _ = compare(before, after)
    assert found.kind == "name"


def test_a_name_does_not_hide_what_else_is_different(folder: Path) -> None:
    names = [one("a", f"{name}.go") for name in ("s.Store", "m.Mixin")]
    before = recording(folder, names[0] + one("b", 1))
    after = recording(folder, names[1] + one("b", 2))
    before.looks = {"members": {"go": {"owner": "s.Store"}}}
    after.looks = {"members": {"go": {"owner": "m.Mixin"}}}
    assert [each.kind for each in compare(before, after)[0]] == ["name", "changed"]


def test_a_file_of_another_kind_is_refused(folder: Path) -> None:
    (folder / "x").write_text('{"format": 99}\n')
    with pytest.raises(CarveError, match="no recording"):
        Recording(folder / "x")


def test_beyond_the_limit_events_are_hashed_and_order_is_still_seen(tmp_path: Path) -> None:
    values = Values(Texts({}), lambda _: False)
    log = Log(Settings(str(tmp_path), str(tmp_path), "m", "C", 2, {}, {}), values)
    for test, names in (("ab", "xxab"), ("ba", "xxba")):
        log.begin(test)
        for name in names:
            log.event("calls", name)
        log.end()
    log.close()
    (file,) = tmp_path.glob("*.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    ab, ba = (line for line in lines if "events" in line)
    assert len(ab["events"]) == len(ba["events"]) == 2
    assert ab["more"]["count"] == ba["more"]["count"] == 2
    assert ab["more"]["kinds"] != ba["more"]["kinds"]


def test_what_is_kept_of_a_test_is_bounded(tmp_path: Path) -> None:
    values = Values(Texts({}), lambda _: False)
    log = Log(Settings(str(tmp_path), str(tmp_path), "m", "C", 2000, {}, {}), values)
    log.begin("large")
    for number in range(100):
        log.event("called", f"m{number}", "x" * 100_000)
    thread = threading.Thread(target=lambda: [log.event("called", "t") for _ in range(9000)])
    thread.start()
    thread.join()
    log.end()
    log.close()
    (file,) = tmp_path.glob("*.jsonl")
    assert file.stat().st_size < 5_000_000
    lines = file.read_text().splitlines()
    line = next(each for each in map(json.loads, lines) if "events" in each)
    assert len(line["events"]) + line["more"]["count"] == 100
    assert "m99" in line["more"]["called"]
    assert line["pieced"] == 9000


def test_hashed_events_are_compared(folder: Path) -> None:
    more = {"count": 2, "full": "f", "kinds": "k"}
    before = recording(folder, more=more)
    assert compare(before, recording(folder, more=more))[0] == []
    (found,), _ = compare(before, recording(folder, more={**more, "full": "g"}))
    assert found.kind == "uncounted"
    again = [recording(folder, more={**more, "full": "h"})]
    after = recording(folder, more={**more, "full": "g"})
    assert compare(before, after, before_again=again)[0] == []


def test_hashed_events_are_told_and_compared_by_their_sort(folder: Path) -> None:
    def later(a: str, b: str) -> Recording:
        sorts = [["called", "a", 1, a], ["calls", "time.time", 2, b]]
        more = {"count": 3, "full": f"{a}{b}", "kinds": "k", "sorts": sorts}
        return recording(folder, more=more)

    before, noisy = later("1", "1"), later("2", "1")
    (found,), _ = compare(before, later("1", "3"))
    assert (found.before, found.after) == ("calls time.time (2 times)",) * 2
    found_again, left_out = compare(before, later("3", "1"), before_again=[noisy])
    assert found_again == []
    assert _told(left_out) == {"values beyond the first events": "1 of 2 sorts of events"}
    assert len(compare(before, later("3", "2"), before_again=[noisy])[0]) == 1


def _looks(**facts: Any) -> dict[str, Any]:
    member = {"owner": "s.Store", "module": "s", "qualified name": "Store.go", "doc": "Go."}
    own = facts.pop("own", {"s.Store": ["go", "a", "b"]})
    cls = {
        "name": "s.Store",
        "doc": "",
        "mro": facts.pop("mro", ["s.Store", "object"]),
        "bases": facts.pop("bases", ["Base[int]"]),
        "own": own,
    }
    return {"class": cls, "members": {"go": {**member, **facts}}}


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"doc": "Stop."}, "doc of go"),
        ({"hints": "<NameError: name 'X' is not defined>"}, "hints of go"),
        ({"qualified name": "wrapper"}, "qualified name of go"),
        ({"own": {"s.Store": ["b", "a", "go"]}}, "the order in s.Store.__dict__"),
        ({"mro": ["object", "s.Store"]}, "the MRO"),
        ({"bases": ["Mixin", "Base[str]"]}, "the bases as they are written"),
    ],
)
def test_introspection_can_differ(facts: dict[str, Any], what: str) -> None:
    (found,), _ = compare_looks(_looks(), _looks(**facts))
    assert (found.kind, found.what) == ("introspection", what)


def test_a_moved_member_is_expected_to_be_called_after_its_mixin() -> None:
    moved = {"owner": "m.Mixin", "module": "m", "qualified name": "Mixin.go"}
    bases = {"mro": ["s.Store", "m.Mixin", "object"], "bases": ["m.Mixin", "Base[int]"]}
    after = _looks(**moved, **bases, own={"s.Store": ["a", "b"]})
    differences, expected = compare_looks(_looks(), after)
    assert differences == []
    assert len(expected) == 2
    after["members"]["go"]["qualified name"] = "Other.go"
    assert compare_looks(_looks(), after)[0]
