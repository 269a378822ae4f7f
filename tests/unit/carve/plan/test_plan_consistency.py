"""Steps that contradict each other are refused with the place of the contradiction."""

from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.plan.consistency import check_plan
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.plan.refs import ClassRef
from carve.plan.specs import ExtractMixinSpec

# A step takes five lines, and the first one begins in line 3.
_STEP = """\
  - {{id: {id}, do: extract_mixin,
     from: {source},
     to: {target},
     members: [{members}],
     why: because}}
"""


def load(folder: Path, *steps: tuple[str, str, str, str], head: str = "") -> Plan:
    path = folder / "plan.yaml"
    keys = ("id", "source", "target", "members")
    body = "".join(_STEP.format(**dict(zip(keys, step, strict=True))) for step in steps)
    path.write_text(f"format: 1\n{head}steps:\n{body}", encoding="utf-8")
    return load_plan(path)


def told(folder: Path, *steps: tuple[str, str, str, str], head: str = "") -> str:
    with pytest.raises(CarveError, match=r"\w") as caught:
        load(folder, *steps, head=head)
    where = caught.value.where
    assert where is not None
    assert caught.value.instead
    assert caught.value.exit_code == 2
    return f"{where.line}:{where.column} {caught.value.message}"


def test_chain_of_extractions_is_consistent(tmp_path: Path) -> None:
    plan = load(
        tmp_path,
        ("1-a", "p.a:A", "p.b:B", "x, y"),
        ("2-b", "p.a:A", "p.c:C", "z"),
        ("3-c", "p.b:B", "p.d:D", "x"),
    )
    assert [step.id for step in plan.steps] == ["1-a", "2-b", "3-c"]


def test_two_steps_with_one_id(tmp_path: Path) -> None:
    steps = ("a", "p.a:A", "p.b:B", "x"), ("a", "p.a:A", "p.c:C", "y")
    assert told(tmp_path, *steps) == "8:10 two steps have the id 'a'"


def test_member_listed_twice(tmp_path: Path) -> None:
    found = told(tmp_path, ("a", "p.a:A", "p.b:B", "x, y, x"))
    assert found == "6:22 step 'a': members has 'x' twice"


def test_member_taken_by_two_steps(tmp_path: Path) -> None:
    steps = ("a", "p.a:A", "p.b:B", "x"), ("b", "p.a:A", "p.c:C", "y, x")
    assert told(tmp_path, *steps) == (
        "11:19 step 'b' takes 'x' from p.a:A, but step 'a' has taken it before"
    )


def test_same_member_of_another_class_is_fine(tmp_path: Path) -> None:
    plan = load(tmp_path, ("a", "p.a:A", "p.b:B", "x"), ("b", "p.z:Z", "p.c:C", "x"))
    assert len(plan.steps) == 2


def test_root_listed_twice(tmp_path: Path) -> None:
    found = told(tmp_path, ("a", "p.a:A", "p.b:B", "x"), head="roots: [src, src]\n")
    assert found == "2:14 roots has 'src' twice"


def test_target_is_the_source(tmp_path: Path) -> None:
    found = told(tmp_path, ("a", "p.a:A", "p.a:A", "x"))
    assert found == "5:10 step 'a' would move members of p.a:A to where they are"


def test_two_steps_with_one_target(tmp_path: Path) -> None:
    steps = ("a", "p.a:A", "p.b:B", "x"), ("b", "p.c:C", "p.b:B", "x")
    assert told(tmp_path, *steps) == (
        "10:10 step 'b' would create p.b:B, but step 'a' creates it before"
    )


@pytest.mark.parametrize("length", [2, 3, 7])
def test_cycle_is_named_where_it_closes(tmp_path: Path, length: int) -> None:
    refs = [f"p.m{number}:C{number}" for number in range(length)]
    steps = [
        (f"s{number}", ref, refs[(number + 1) % length], "x") for number, ref in enumerate(refs)
    ]
    line = 5 + 5 * (length - 1)
    assert told(tmp_path, *steps) == (
        f"{line}:10 step 's{length - 1}' closes a cycle: {' -> '.join([*refs, refs[0]])}"
    )


def test_cycle_is_found_in_any_order(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("c", "p.c:C", "p.a:A", "x"),
        ("b", "p.b:B", "p.c:C", "x"),
        ("z", "p.a:A", "p.z:Z", "y"),
        ("a", "p.a:A", "p.b:B", "x"),
    )
    assert found == "20:10 step 'a' closes a cycle: p.b:B -> p.c:C -> p.a:A -> p.b:B"


def test_target_that_hides_the_standard_library(tmp_path: Path) -> None:
    found = told(tmp_path, ("a", "p.a:A", "json.mixin:M", "x"))
    assert found == "5:10 step 'a': json.mixin would hide 'json' of the standard library"


def test_first_contradiction_counts_the_others(tmp_path: Path) -> None:
    steps = ("a", "p.a:A", "p.b:B", "x"), ("a", "p.a:A", "p.b:B", "x")
    assert told(tmp_path, *steps) == "8:10 two steps have the id 'a' (and 2 more)"


def test_plan_built_in_code_is_checked_alike() -> None:
    here = ClassRef("p.a", "A")
    step = ExtractMixinSpec(id="a", source=here, target=here, members=("x",), why="y")
    with pytest.raises(CarveError, match="to where they are"):
        check_plan(Plan(format=1, steps=(step,)))
