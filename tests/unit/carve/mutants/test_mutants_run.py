"""Verdicts on real mutants by real pins: killed, timeout, crash, survived, remembered."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError, Refused
from carve.mutants.run import MutationRun, Verdict, mutate


def only(run: MutationRun, was: str, text: str) -> Verdict:
    (found,) = (v for v in run.verdicts if (v.mutant.was, v.mutant.text) == (was, text))
    return found


def test_each_kind_of_verdict(judged_bench: Any) -> None:
    _, run = judged_bench
    assert only(run, "amount > LIMIT", "amount >= LIMIT").verdict == "survived"
    assert only(run, "amount > LIMIT", "amount <= LIMIT").verdict == "killed"
    assert only(run, "n -= 1", "pass").verdict == "timeout"
    assert only(run, "code != 7", "code == 7").verdict == "crash"
    assert only(run, "self.amount == 0", "self.amount != 0").by == "till/pay/looks"
    assert only(run, "return 1", "return None").verdict == "not covered"
    assert only(run, 'f"too much: {amount}"', "f'XXtoo much: {amount}'").verdict == "killed"


def test_faults_of_the_import_are_awake_in_it(judged_bench: Any) -> None:
    _, run = judged_bench
    for was, text in (("100", "101"), ("100", "99"), ("LIMIT = 100", "pass"), ("2", "3")):
        found = [v for v in run.verdicts if (v.mutant.was, v.mutant.text) == (was, text)]
        assert "killed" in {v.verdict for v in found}, (was, text)
    (field,) = (v for v in run.verdicts if v.mutant.was == "0" and v.mutant.member == "Till")
    assert (field.mutant.on_import, field.verdict) == (True, "killed")


def test_a_scenario_that_sees_the_copy_judges_nothing(judged_bench: Any) -> None:
    _, run = judged_bench
    assert run.unfit == ("till/pay/sees_the_copy",)
    assert "till/pay/sees_the_copy" not in {verdict.by for verdict in run.verdicts}


def test_the_patch_of_a_survivor_applies(bench: Any, judged_bench: Any) -> None:
    _, run = judged_bench
    verdict = only(run, "amount > LIMIT", "amount >= LIMIT")
    subprocess.run(
        ["git", "apply"],
        cwd=bench.tree,
        input=verdict.mutant.diff(run.source).encode(),
        check=True,
    )
    assert "if amount >= LIMIT" in bench.till.read_text()


def test_a_second_run_judges_nothing(bench: Any) -> None:
    heard: list[int] = []
    run = mutate(bench.job(), lambda done, _: heard.append(done))
    assert heard == []
    assert all(verdict.cached or verdict.verdict == "not covered" for verdict in run.verdicts)


def test_a_change_judges_its_own_member_again(bench: Any) -> None:
    bench.rewrite("LIMIT = 100", "# more than enough\nLIMIT = 100")
    bench.rewrite("return self.amount == 0", "return self.amount <= 0")
    run = bench.mutate()
    judged = {v.mutant.member for v in run.verdicts if not v.cached and v.pins}
    assert judged == {"Till.empty"}
    again = bench.mutate(fresh=True)
    assert not any(verdict.cached for verdict in again.verdicts)


def test_an_interrupted_run_goes_on_and_leaves_nobody_behind(bench: Any) -> None:
    bench.cache.unlink()
    script = (
        "import sys; from pathlib import Path; from carve.mutants.run import Job, mutate\n"
        "tree, cache = map(Path, sys.argv[1:])\n"
        "mutate(Job(tree, 'shop.till', tree / 'src/shop/till.py', workers=2, cache=cache))\n"
    )
    paths = [str(Path(__file__).parents[4] / "src")]
    with subprocess.Popen(
        [sys.executable, "-c", script, str(bench.tree), str(bench.cache)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while _lines(bench.cache) < 5 and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    done = _lines(bench.cache)
    time.sleep(1.0)
    assert _naming(bench.tree) == []
    run = bench.mutate()
    assert sum(verdict.cached for verdict in run.verdicts) >= done - 1 >= 4
    assert {"survived", "timeout", "crash"} <= {verdict.verdict for verdict in run.verdicts}


def _lines(path: Path) -> int:
    return path.read_text().count("\n") if path.exists() else 0


def _naming(tree: Path) -> list[str]:
    found = [Path(each) for each in Path("/proc").glob("[0-9]*/cmdline")]
    lines = []
    for path in found:
        try:
            lines.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return [each for each in lines if str(tree) in each]


def test_pins_that_do_not_hold_are_refused(bench: Any) -> None:
    bench.rewrite("return self.amount\n", "return -self.amount\n")
    with pytest.raises(Refused, match="do not hold before anything is mutated: till/pay/pays"):
        bench.mutate()


def test_a_module_that_no_pin_reaches_cannot_be_judged(bench: Any) -> None:
    other = bench.till.with_name("other.py")
    other.write_text("X = 1\n")
    job = replace(bench.job(cache=None), module="shop.other", file=other)
    with pytest.raises(CarveError, match=r"no pin reaches shop\.other"):
        mutate(job)
