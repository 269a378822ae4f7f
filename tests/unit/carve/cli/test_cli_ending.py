"""Whatever ends a command, nobody whom it has started stays behind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_SLEEPER = "import time; time.sleep(600)"
_STARTS = f"""\
import subprocess, sys, threading, time

def test_hangs(pinned):
    subprocess.Popen([sys.executable, "-c", {_SLEEPER!r}, {{mark!r}}])
    while True:
        time.sleep(0.1)
"""
# The faults that turn the test round start somebody, and then they hang.
_TILL = f"""\
import subprocess, sys, time

class Till:
    def pay(self, amount):
        if amount > 100:
            subprocess.Popen([sys.executable, "-c", {_SLEEPER!r}, {{mark!r}}])
            while True:
                time.sleep(0.1)
        return amount
"""
_PAYS = """\
def test_pays(subject, pinned):
    pinned.check({"paid": subject.cls().pay(3)})
"""


@pytest.fixture
def hanging(pinned_project: Any) -> Iterator[Any]:
    scenarios = pinned_project.folder / "characterization" / "scenarios" / "till"
    (scenarios / "test_hang.py").write_text(_STARTS.format(mark=str(pinned_project.folder)))
    yield pinned_project
    for process in _naming(pinned_project.folder):
        os.kill(process, signal.SIGKILL)


@pytest.fixture
def mutable(pinned_project: Any) -> Iterator[Any]:
    home = pinned_project.folder / "characterization"
    shutil.rmtree(home / "pins")
    (home / "scenarios" / "till" / "test_pay.py").write_text(_PAYS)
    pinned_project.till.write_text(_TILL.format(mark=str(pinned_project.folder)))
    assert pinned_project.carve("pin", "till", "--reason", "why not").code == 0
    yield pinned_project
    for process in _naming(pinned_project.folder):
        os.kill(process, signal.SIGKILL)


def _naming(folder: Path, what: str = "") -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words and what in words:
            found.append(int(path.parent.name))
    return found


def _soon(folder: Path, *, there: bool, what: str = "") -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if bool(_naming(folder, what)) is there:
            return True
        time.sleep(0.05)
    return False


def _ended(project: Any, by: signal.Signals, *words: str) -> tuple[int, str]:
    with subprocess.Popen(
        project.command(*words),
        cwd=project.folder,
        env=project.variables(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        assert _soon(project.folder, there=True, what=_SLEEPER)
        process.send_signal(by)
        _, told = process.communicate(timeout=30)
    return process.returncode, told


@pytest.mark.parametrize(
    ("by", "code", "told"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "ended by SIGTERM")],
)
def test_a_signal_ends_a_comparison_and_all_that_it_has_started(
    hanging: Any, by: signal.Signals, code: int, told: str
) -> None:
    assert _ended(hanging, by, "verify") == (code, f"{told}; nothing was changed\n")
    assert _soon(hanging.folder, there=False), _naming(hanging.folder)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_judging_of_mutants_and_all_that_it_has_started(
    mutable: Any, by: signal.Signals
) -> None:
    code, told = _ended(mutable, by, "mutate", "shop.till")
    assert code == 128 + by
    assert told.endswith("; verdicts are kept, and a second run goes on from here\n")
    assert _soon(mutable.folder, there=False), _naming(mutable.folder)


def test_a_mutant_whose_time_is_over_takes_what_it_started_with_it(mutable: Any) -> None:
    document = mutable.carve("mutate", "shop.till", "--json").document
    assert "timeout" in {each["verdict"] for each in document["mutants"]}
    assert _soon(mutable.folder, there=False), _naming(mutable.folder)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_accepting_and_all_that_it_has_started(
    hanging: Any, by: signal.Signals
) -> None:
    code, told = _ended(hanging, by, "pin", "till/hang", "--reason", "x")
    assert code == 128 + by
    assert told.endswith("; see git status for what was accepted\n")
    assert _soon(hanging.folder, there=False), _naming(hanging.folder)


@pytest.mark.parametrize("words", [("verify",), ("pin", "till", "--reason", "x")])
def test_the_time_of_each_scenario_can_be_bounded(hanging: Any, words: tuple[str, ...]) -> None:
    done = hanging.carve(*words, "--pin-timeout", "1")
    assert done.code == 1
    assert "  'till/hang/hangs' took longer than 1 s\n" in done.out
    assert _soon(hanging.folder, there=False), _naming(hanging.folder)


def test_the_time_of_a_whole_command_can_be_bounded(hanging: Any) -> None:
    done = hanging.carve("verify", "--timeout", "4")
    assert done.code == 2
    assert done.err.startswith("error: --timeout 4 s was over")
    assert done.err.endswith("\n  name fewer scenarios, or give it more time\n")
    assert _soon(hanging.folder, there=False), _naming(hanging.folder)
    wrong = hanging.carve("mutate", "shop.till", "--timeout", "0")
    assert wrong.code == 2


def test_verify_pin_and_mutate_call_the_same_thing_the_same(project: Any) -> None:
    shared = []
    for command in ("verify", "pin", "mutate"):
        told = project.carve(command, "--help").out
        options = told[told.index("--folder") :]
        shared.append(options)
    assert shared[0] == shared[1] == shared[2]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks up processes there")
def test_not_even_a_kill_leaves_behind_whom_a_scenario_has_started(hanging: Any) -> None:
    code, _ = _ended(hanging, signal.SIGKILL, "verify")
    assert code == -signal.SIGKILL
    assert _soon(hanging.folder, there=False), _naming(hanging.folder)
