"""`carve trace` from the command line: what it prints, and how it ends."""

import sys
from pathlib import Path
from typing import Any

import pytest

from carve.cli.single import Wanted
from carve.cli.trace import Sides, trace_class
from carve.errors import CarveError

_TESTS = """\
from shop.till import Till

def test_pay():
    assert Till().pay(2)
"""
_UNUSED = "\n\nclass Unused:\n    def go(self):\n        return 1\n"
_PYTEST = ("--", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.fixture
def tested(project: Any) -> Any:
    # Most of the time of so small a run is what pytest happens to find.
    project.environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    (project.folder / "tests").mkdir()
    (project.folder / "tests/test_till.py").write_text(_TESTS)
    project.till.write_text(project.till.read_text() + _UNUSED)
    project.commit()
    return project


def test_an_extraction_is_compared_before_it_is_made(tested: Any, tmp_path: Path) -> None:
    words = ("--members", "receipt,pay", "--to", "shop.mixin_pay:MixinPay")
    kept = ("--out", str(tmp_path / "kept"), "--json")
    done = tested.carve("trace", "src/shop/till.py:Till", *words, *kept, *_PYTEST)
    assert done.code == 0, done.out
    assert done.document["same"] is True
    assert done.document["figures"]["calls"] == 2
    assert done.document["notes"] == [
        "no test reaches 2 of 4 members: receipt, close; of those moved: receipt"
    ]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == [
        *("after.jsonl", "before-again.jsonl", "before.jsonl")
    ]
    assert tested.git("status", "--short") == ""


def test_a_difference_between_commit_and_files_ends_with_1(tested: Any) -> None:
    text = tested.till.read_text()
    tested.till.write_text(text.replace("self.amount += amount", "self.amount = 2 * amount"))
    done = tested.carve("trace", "src/shop/till.py:Till", *_PYTEST)
    assert done.code == 1
    assert done.out.startswith(
        "trace  shop.till:Till  HEAD -> the working tree\n"
        "changed  a result differs: pay  1 test\n"
        "  tests/test_till.py::test_pay  event 5\n"
        "    - pay returns 2\n"
        "    + pay returns 4\n"
    )
    assert "\n1 difference: 1 test, 1 reach the class, 2 calls, " in done.out


def test_a_class_that_no_test_reaches_is_no_success(tested: Any) -> None:
    done = tested.carve("trace", "src/shop/till.py:Unused", *_PYTEST)
    assert done.code == 1
    assert "none of the 1 tests reaches Unused: nothing was compared" in done.out


@pytest.mark.parametrize(
    ("source", "sides", "command", "message"),
    [
        ("till.py:Till", {}, [], "no command runs the tests"),
        ("till.py:Tll", {}, ["pytest"], "shop.till defines no class 'Tll'"),
        ("__init__.py:Till", {}, ["pytest"], "shop defines no class 'Till' at its top level$"),
        ("till.py:Till", {"before": "nope"}, ["pytest"], "'nope' is neither a commit nor a fol"),
        ("till.py:Till", {"members": "pay"}, ["pytest"], "--members and --to go together"),
        ("till.py:Till", {"drops": "time"}, ["pytest"], "--drops is about an extraction"),
    ],
)
def test_the_impossible_ends_with_2(
    project: Any, source: str, sides: dict[str, str], command: list[str], message: str
) -> None:
    members, drops = sides.get("members", ""), sides.get("drops", "")
    wanted = Wanted(f"src/shop/{source}", sides.get("to", ""), members, drops=drops)
    asked = Sides(sides.get("before"), None)
    with pytest.raises(CarveError, match=message) as caught:
        trace_class(wanted, asked, command, project.folder, None)
    assert caught.value.exit_code == 2
    assert caught.value.instead
