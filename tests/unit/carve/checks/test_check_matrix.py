"""Every odd kind of member, text, module and host: moved with the same behaviour, or refused."""

from itertools import chain
from pathlib import Path

import pytest
from cases import hosts, members, modules, syntax, texts
from matrix import Case, Changes, LeavesAlone, Refuses, Subject, judge

SUBJECTS: dict[str, Subject] = {
    name: cases
    for group in (hosts, members, modules, texts, syntax)
    for name, cases in group.SUBJECTS.items()
}
CASES = list(
    chain.from_iterable(
        [(f"{name}-{type(case).__name__}-{n}", case) for n, case in enumerate(cases, 1)]
        for name, cases in SUBJECTS.items()
    )
)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_it_does_what_the_case_says(case: Case, bare: Path) -> None:
    judge(case, bare)


@pytest.mark.parametrize("name", SUBJECTS)
def test_each_subject_has_every_kind(name: str) -> None:
    """That nothing is left to do the second time is asked of each that changes."""
    assert {Changes, LeavesAlone, Refuses} <= {type(case) for case in SUBJECTS[name]}
