"""What a whole plan comes to, as a table and a few lines that fit on a terminal."""

import io

from rich.console import Console

from carve.report.annotations import annotations
from carve.report.junit import junit
from carve.report.model import FinalRecord, Problem, RunRecord, StepRecord
from carve.report.steps import show_run
from carve.report.summary import Merged, Mutants, Part, Summary
from carve.report.totals import show_totals

_STEP = StepRecord(
    "01-loading",
    "Merge MixinLoading",
    "loading is written twice",
    "done",
    target="shop.mixin_loading:MixinLoading",
    members=("_load",),
    pins=620,
    pins_of=1690,
    compared=("effect",),
    commit="0123456789abcdef",
)
_SUMMARY = Summary(
    (Part("taken apart", 4, 5903, 94), Part("mixins", 31, 0, 4410), Part("other new", 8, 0, 240)),
    (Part("shop.store", 1, 96, 0),),
    Merged(1880, 941),
    pins=1690,
    pins_of=1690,
    tests="902 passed in 31.02s",
    mutants=Mutants(830, 812),
)
_RUN = RunRecord(
    "plan.yaml",
    "/repo",
    steps=(_STEP,),
    final=FinalRecord("01-loading", 1690),
    phases={
        "plan": 8.1,
        "pins": 71.2,
        "tests": 19.0,
        "import": 2.2,
        "before": 0.4,
        "gates": 12.0,
        "commit": 0.3,
    },
    summary=_SUMMARY,
)


def _shown(show: object, record: RunRecord, width: int = 80) -> str:
    sheet = io.StringIO()
    show(Console(file=sheet, width=width, color_system=None), record)  # type: ignore[operator]
    return sheet.getvalue()


def test_the_totals_of_a_plan_fit_on_80_columns() -> None:
    assert (
        _shown(show_totals, _RUN)
        == """\
lines        before  after  modules
taken apart   5,903     94        4
mixins            0  4,410       31
other new         0    240        8
together      5,903  4,744    -20 %

deleted    1 module, 96 lines: shop.store
merged     1,880 lines that were written several times are 941 now
pins       1,690 of 1,690 held after the last step
tests      902 passed in 31.02s
mutants    812 of 830 noticed, 18 survivors
seconds    pins 71.2, tests 19.0, gates 12.0, plan 8.1, import 2.2, before 0.4,
           commit 0.3
"""
    )


def test_a_plan_with_open_steps_has_no_totals() -> None:
    assert _shown(show_totals, RunRecord("plan.yaml", "/repo", steps=(_STEP,))) == ""


def test_a_run_tells_how_many_pins_of_how_many_were_compared() -> None:
    assert "620 of 1690" in _shown(show_run, _RUN, width=120)
    text = _shown(show_run, _RUN)
    assert "620" in text
    assert "620 of" not in text  # there is no room for it
    assert "all pins held after the last" in text
    assert text.endswith("           commit 0.3\n")
    assert max(map(len, text.splitlines())) <= 80


def test_what_failed_at_the_end_is_shown_and_objected() -> None:
    problem = Problem("imp/run: changed at got: 2 became 1", "imp/run", "carve verify", "pins")
    record = RunRecord(
        "plan.yaml", "/repo", steps=(_STEP,), final=FinalRecord("01-loading", 1, None, (problem,))
    )
    text = _shown(show_run, record)
    assert record.objected
    assert "after the last step  failed" in text
    assert "imp/run: changed at got" in text
    (told,) = annotations(record)
    assert "title=after the last step%3A pins" in told
    assert b'failures="1"' in junit(record)
