"""The list of equivalents: read strictly, matched by text, stale entries found."""

from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.gates.mutation import Equivalent, Fault, judge, load_equivalent

_ONE = Fault("Till.pay", "constant", "60", "61", killed=False)


def entry(**changes: object) -> Equivalent:
    facts = {"member": "Till.pay", "operator": "constant", "was": "60", "becomes": "61"}
    return Equivalent.model_validate({"module": "m", "reason": "why", **facts, **changes})


def test_a_listed_survivor_has_a_reason() -> None:
    found = judge([entry()], [Fault("Till.pay", "text", "60", "61", killed=False), _ONE])
    assert (found.reasons, found.stale) == ({1: "why"}, ())


def test_line_ends_do_not_matter() -> None:
    fault = Fault("Till.pay", "constant", "a(\n    b)", "a()", killed=False)
    assert judge([entry(was="a( b)", becomes="a()")], [fault]).reasons == {0: "why"}


@pytest.mark.parametrize(
    ("entries", "faults", "problem"),
    [
        ([entry(was="59")], [_ONE], "matches no mutant"),
        ([entry()], [Fault("Till.pay", "constant", "60", "61", killed=True)], "was noticed"),
        ([entry()], [_ONE, _ONE], "occurs 2 times; say which with `occurrence`"),
        ([entry(occurrence=3)], [_ONE, _ONE], "matches no mutant"),
        ([entry(), entry()], [_ONE], "is listed twice"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(
    entries: list[Equivalent], faults: list[Fault], problem: str
) -> None:
    (stale,) = judge(entries, faults).stale
    assert stale.startswith("m: Till.pay: constant: ")
    assert stale.endswith(problem)


def test_an_occurrence_says_which() -> None:
    assert judge([entry(occurrence=2)], [_ONE, _ONE]).reasons == {1: "why"}


def test_the_file_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "equivalent.yaml"
    assert load_equivalent(path, "m") == []
    text = "- {module: m, member: f, operator: text, was: a, becomes: b, reason: why}\n"
    path.write_text(text + text.replace("module: m", "module: n"))
    assert [each.reason for each in load_equivalent(path, "m")] == ["why"]
    for wrong in (text.replace("why", "''"), text.replace("was", "wax"), "{", "a: 1"):
        path.write_text(wrong)
        with pytest.raises(CarveError, match=r"equivalent\.yaml is not a list of entries"):
            load_equivalent(path, "m")
