"""JUnit files parse and annotations are one line each, whatever a message holds."""

from xml.etree import ElementTree as ET

import pytest

from carve.report.annotations import annotations
from carve.report.junit import junit
from carve.report.model import Problem, RunRecord, StepRecord

ODD = 'a <b> & "c" \x00 \x1b[31m \udcff \ufffe 100%\r\n::error file=x::y'


def record(*problems: Problem, **facts: object) -> RunRecord:
    steps = (
        StepRecord(
            "01-a", "Extract A", "it is one", "done", pins=7, tests="3 passed", seconds=1.5
        ),
        StepRecord("02-b", "Extract B", ODD, "failed", problems=problems),
        StepRecord("03-c", "Extract C", "why", "pending"),
    )
    return RunRecord("migration/plan.yaml", "/repo", steps=steps, seconds=2.25, **facts)  # type: ignore[arg-type]


def test_a_step_is_a_case_and_an_objection_a_failure() -> None:
    problem = Problem(ODD, "src/a.py:3", "mend it", "mangled-names")
    suites = ET.fromstring(junit(record(problem, problem)))  # noqa: S314 - our own text
    assert suites.attrib == {
        "name": "carve migration/plan.yaml",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
        "time": "2.250",
    }
    first, second, third = suites.iter("testcase")
    assert (first.get("name"), first.get("time")) == ("01-a", "1.500")
    assert "pins held: 7" in str(first.findtext("system-out"))
    failure = second.find("failure")
    assert failure is not None
    assert failure.get("type") == "mangled-names"
    assert str(failure.text).count("src/a.py:3: ") == 2
    assert "\\u0000" in str(failure.text)
    assert third.find("skipped") is not None


def test_drift_is_a_case_of_its_own() -> None:
    suites = ET.fromstring(junit(record(drift=("src/a.py",))))  # noqa: S314 - our own text
    assert (suites.get("tests"), suites.get("failures")) == ("4", "1")
    assert "src/a.py: is not what the plan leads to" in str(suites.findtext(".//failure"))


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("src/a.py:3:7", "file=src/a.py,line=3,col=7,"),
        ("/repo/src/a.py:3", "file=src/a.py,line=3,"),
        ("src/a,b:c.py", "file=src/a%2Cb%3Ac.py,"),
        (None, "file=migration/plan.yaml,"),
    ],
)
def test_an_objection_is_one_command_at_its_place(where: str | None, place: str) -> None:
    (line,) = annotations(record(Problem(ODD, where, "mend it", "mangled-names")))
    assert line.startswith(f"::error {place}title=02-b%3A mangled-names::a <b> & ")
    assert line.endswith("100%25%0D%0A::error file=x::y%0Amend it")
    assert "\n" not in line


def test_each_file_that_drifted_is_one_command() -> None:
    (line,) = annotations(record(drift=("src/a.py",)))
    assert line.startswith("::error file=src/a.py,title=drift::")
