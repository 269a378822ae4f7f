"""Which lines and branches the scenarios hold, and what the list of unreachable code may say."""

from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.gates.coverage import OpenBranch, OpenLine, Unreachable, held, load_unreachable
from carve.pins.recorder import CoverageRequest
from carve.pins.run import run_pins

_INI = Path(__file__).parents[4] / "characterization" / "pytest.ini"
_SOURCE = """\
class Till:
    def pay(self, amount):
        if amount > 0:
            self.last = amount
        return amount

    def never(self):  # pragma: no cover
        return 1

    def also(self):
        return 1
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    tree = tmp_path_factory.mktemp("tree")
    source = tree / "src" / "shop_till.py"
    scenarios = tree / "characterization" / "scenarios" / "till"
    scenarios.mkdir(parents=True)
    source.parent.mkdir()
    source.write_text(_SOURCE)
    (tree / "characterization" / "pytest.ini").write_text(_INI.read_text())
    (tree / "characterization" / "subjects.yaml").write_text("till: {after: 'shop_till:Till'}")
    (scenarios / "test_pay.py").write_text(
        "def test_takes(subject, pinned):\n    pinned.check({'paid': subject.cls().pay(2)})\n"
    )
    data = tree / "data"
    run_pins(tree, coverage=CoverageRequest(data, (source,)), workers=1)
    return data, source


def _entry(code: str, **more: str) -> Unreachable:
    return Unreachable(module="shop_till", code=code, reason="it cannot run", **more)


def test_each_line_names_its_scenarios_and_what_nobody_ran_is_open(
    measured: tuple[Path, Path],
) -> None:
    report = held(*measured)
    assert report.lines[4] == ("till/pay/takes",)
    assert report.lines[2] == ("import",)
    assert report.lines[8] == ()
    assert report.open_lines == (OpenLine(8, "return 1"), OpenLine(11, "return 1"))
    assert report.open_branches == (OpenBranch(3, 5, "if amount > 0:", "return amount"),)
    assert not report.ok


def test_listed_code_is_excused(measured: tuple[Path, Path]) -> None:
    entries = [
        _entry("return 1", within="Till.never"),
        _entry("return 1", within="Till.also"),
        _entry("if amount > 0:", to="return amount"),
    ]
    assert held(*measured, entries).ok


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (_entry("return 2"), "matches nothing"),
        (_entry("return 1"), "occurs 2 times; say which with `within`"),
        (_entry("self.last = amount"), "was reached"),
        (_entry("if amount > 0:", to="self.last = amount"), "was reached"),
    ],
)
def test_an_entry_that_is_wrong_is_a_finding(
    measured: tuple[Path, Path], entry: Unreachable, problem: str
) -> None:
    report = held(*measured, [entry])
    assert len(report.stale) == 1
    assert problem in report.stale[0]
    assert len(report.open_lines) == 2


def test_a_module_nobody_measured_is_refused(measured: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(CarveError, match="no scenario imported the module"):
        held(measured[0], Path(__file__))
    with pytest.raises(CarveError, match="there is no coverage data"):
        held(tmp_path / "none", measured[1])


def test_the_list_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "unreachable.yaml"
    assert load_unreachable(path) == []
    path.write_text("- {module: shop_till, code: return 1, reason: it cannot run}\n")
    assert load_unreachable(path) == [_entry("return 1")]
    path.write_text("- {module: shop_till, code: return 1}\n")
    with pytest.raises(CarveError, match=r"unreachable\.yaml is not a list of entries"):
        load_unreachable(path)
