"""A hostile scenario costs itself alone: one message with scenario and file, the others run."""

import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from carve.pins.outcome import PinRun, ScenarioResult
from carve.pins.run import run_pins

_FILE = "scenarios/till/test_extra.py"
_KIND = "\n\ndef test_kind(pinned):\n    pinned.check({'n': 1})\n"
_HOSTILE = {
    "ends the process": ("import os\n    os._exit(9)", "ended the process with exit code 9"),
    "kills it": (
        "import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)",
        "ended the process by SIGKILL",
    ),
    "exits": ("raise SystemExit(3)", "exits with 3"),
    "stops pytest": ("import pytest\n    pytest.exit('enough')", "stops the whole run: enough"),
    "loops": ("while True:\n        pass", "took longer than 0.5 s"),
    "loops and holds out": (
        (
            "import time\n    until = time.process_time() + 1.2\n"
            "    while time.process_time() < until:\n        try:\n            sum(range(99))\n"
            "        except BaseException:\n            pass\n    pinned.check({'n': 1})"
        ),
        "took longer than 0.5 s",
    ),
    "leaves a task": (
        (
            "import asyncio\n    async def tick():\n        await asyncio.sleep(99)\n"
            "    async def work():\n        work.kept = asyncio.create_task(tick())\n"
            "    pinned.check(pinned.observe(work))"
        ),
        "left a task running: test_hostile.<locals>.tick",
    ),
    "leaves a thread": (
        (
            "import threading\n    wait = threading.Event().wait\n"
            "    threading.Thread(target=wait, name='stubborn', daemon=True).start()\n"
            "    pinned.check({'n': 1})"
        ),
        "left a thread running: stubborn (Event.wait)",
    ),
    "leaves a process": (
        (
            "import subprocess, sys\n"
            "    command = [sys.executable, '-c', 'import time; time.sleep(600)']\n"
            "    pinned.kept = subprocess.Popen(command)\n"
            "    pinned.check({'n': 1})"
        ),
        f"left a process running: {sys.executable} -c import time; time.sleep(600)",
    ),
    "changes the environment": (
        (
            "import os\n    os.environ['SHOP'] = 'closed'\n    del os.environ['HOME']\n"
            "    pinned.check({'n': 1})"
        ),
        "left the environment changed: HOME, SHOP",
    ),
    "goes elsewhere": (
        "import os\n    os.chdir('/')\n    pinned.check({'n': 1})",
        "left the working directory changed: /",
    ),
    "changes the umask": (
        "import os\n    os.umask(0o777)\n    pinned.check({'n': 1})",
        "left the umask changed: 0o777",
    ),
    "patches modules": (
        (
            "import sys, types\n    sys.modules['json'] = types.ModuleType('json')\n"
            "    sys.modules['shop.made_up'] = types.ModuleType('made_up')\n"
            "    pinned.check({'n': 1})"
        ),
        "left sys.modules changed: json, shop.made_up",
    ),
}


def _copied(accepted_shop: Any, folder: Path) -> Any:
    shutil.copytree(accepted_shop.tree, folder / "tree")
    return type(accepted_shop)(folder / "tree")


def _named(what: str) -> str:
    return what.replace(" ", "_")


@pytest.fixture(scope="module")
def together(
    accepted_shop: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[bool], PinRun]:
    """Return what comes of a run of the hostile scenarios that never end, or of the others.

    That they are together makes it harder: what one of them leaves must not reach another.
    """

    @cache
    def run(endless: bool) -> PinRun:
        shop = _copied(accepted_shop, tmp_path_factory.mktemp("hostile"))
        mine = [what for what in _HOSTILE if ("loops" in what) is endless]
        tests = [f"def test_{_named(what)}(pinned):\n    {_HOSTILE[what][0]}\n" for what in mine]
        shop.scenario("\n\n".join([*tests, _KIND]))
        found = run_pins(shop.tree, timeout=0.5 if endless else 60.0)
        assert [each.scenario for each in found.new] == ["till/extra/kind"]
        assert len(found.held) == 5
        assert found.orphans == ()
        assert len(found.error) == len(mine)
        return found

    return run


@pytest.mark.parametrize("what", _HOSTILE)
def test_a_hostile_scenario_is_one_message(together: Callable[[bool], PinRun], what: str) -> None:
    scenario = f"till/extra/{_named(what)}"
    message = _HOSTILE[what][1].replace("test_hostile", f"test_{_named(what)}")
    error = _error(together("loops" in what), scenario)
    assert error.message.strip() == f"'{scenario}' {message}\n  at  {_FILE}"


def _error(run: PinRun, scenario: str) -> ScenarioResult:
    (found,) = [each for each in run.error if each.scenario == scenario]
    return found


_WRITES = {
    "open": "open('{out}', 'w')",
    "open to append": "open('{out}', 'a')",
    "remove": "os.remove('{there}')",
    "rename": "os.rename('{there}', files / 'mine')",
    "symlink": "os.symlink('x', '{out}')",
    "mkdir": "os.mkdir('{out}')",
    "chmod": "os.chmod('{there}', 0)",
    "truncate": "os.truncate('{there}', 0)",
}


@pytest.fixture(scope="module")
def writing(accepted_shop: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[PinRun, Path]:
    """Return what comes of a run in which each scenario writes elsewhere, and where that is."""
    shop = _copied(accepted_shop, tmp_path_factory.mktemp("writing"))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    text = "import os\n\n\n"
    for what, body in _WRITES.items():
        for end in ("", "_swallowed"):
            out, there = (elsewhere / f"{_named(what)}{end}.{each}" for each in ("out", "there"))
            there.write_text("kept")
            line = body.format(out=out, there=there)
            if end:
                line = f"try:\n        {line}\n    except OSError:\n        pass"
            text += f"def test_{_named(what)}{end}(pinned, files):\n    {line}\n"
            text += "    pinned.check({'n': 1})\n\n\n"
    shop.scenario(text)
    run = run_pins(shop.tree, only=[str(shop.home / _FILE)])
    assert len(run.error) == len(run.results) == len(_WRITES) * 2
    return run, elsewhere


@pytest.mark.parametrize("what", _WRITES)
@pytest.mark.parametrize("end", ["", "_swallowed"])
def test_nothing_outside_its_own_folder_is_written(
    writing: tuple[PinRun, Path], what: str, end: str
) -> None:
    run, elsewhere = writing
    out, there = (elsewhere / f"{_named(what)}{end}.{each}" for each in ("out", "there"))
    scenario = f"till/extra/{_named(what)}{end}"
    told = f"'{scenario}' writes outside its own folder: {what.partition(' ')[0]} {elsewhere}/"
    message = _error(run, scenario).message
    assert message.startswith(told)
    assert message.endswith(f"\n  at  {_FILE}")
    assert there.read_text() == "kept"
    assert there.stat().st_mode & 0o600 == 0o600
    assert not os.path.lexists(out)


def test_what_lies_in_its_own_folder_is_its_own(shop: Any) -> None:
    shop.scenario(
        "import os, shutil, tempfile\n"
        "def test_tidy(pinned, files):\n"
        "    files.write('a/b/c.txt', 'x')\n"
        "    shutil.copytree(files / 'a', files / 'd')\n"
        "    shutil.rmtree(files / 'a')\n"
        "    os.rename(files / 'd', files / 'e')\n"
        "    with tempfile.NamedTemporaryFile() as file, open(os.devnull, 'w') as nowhere:\n"
        "        file.write(b'x'), nowhere.write('x')\n"
        "    pinned.check({'left': files.left()})\n"
    )
    run = run_pins(shop.tree, select="tidy")
    assert [each.status for each in run.results] == ["new"], run.results


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import os\nos._exit(4)\n", f"'{_FILE}' ended the process with exit code 4"),
        ("raise SystemExit(4)\n", f"{_FILE} exits with 4 when it is imported"),
        ("while True:\n    pass\n", f"{_FILE} took longer than 2 s when it is imported"),
    ],
)
def test_a_hostile_module_leaves_the_others_running(shop: Any, text: str, message: str) -> None:
    shop.scenario(text)
    run = run_pins(shop.tree, timeout=2.0)
    assert message in run.error[0].message
    assert len(run.held) == 5
    assert run.orphans == ()


def test_several_that_end_the_process_cost_one_each(shop: Any) -> None:
    shop.scenario(
        "import os\nimport pytest\n\n"
        "@pytest.mark.parametrize('code', [1, 2, 3])\n"
        f"def test_ends(pinned, code):\n    os._exit(code)\n{_KIND}"
    )
    for workers in (0, 2):
        run = run_pins(shop.tree, workers=workers)
        assert [each.scenario for each in run.error] == [
            f"till/extra/ends-{code}" for code in (1, 2, 3)
        ]
        assert all("ended the process" in each.message for each in run.error)
        assert all(each.message.endswith(_FILE) for each in run.error)
        assert len(run.held) == 5


def test_a_scenario_that_cannot_be_interrupted_ends_with_its_process(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The signal is blocked, as it is in a call that never returns to Python.
    shop.scenario(
        "import signal\nfrom carve.pins import alarm\n\ndef test_deaf(pinned):\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
        f"    while True:\n        pass\n{_KIND}"
    )
    monkeypatch.setattr("carve.pins.run._SILENCE", 4.0)
    run = run_pins(shop.tree, timeout=0.5)
    (error,) = run.error
    assert error.message == (
        "'till/extra/deaf' took too long and could not be interrupted, so its process was ended"
        f"\n  at  {_FILE}"
    )
    assert len(run.held) == 5


def test_one_that_hangs_and_has_started_a_process_is_told_of_both(shop: Any) -> None:
    shop.scenario(
        "import subprocess, sys\n\ndef test_hostile(pinned):\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"    while True:\n        pass\n{_KIND}"
    )
    run = run_pins(shop.tree, timeout=0.5)
    (error,) = run.error
    late, _, left, _ = filter(None, error.message.splitlines())
    assert late == "'till/extra/hostile' took longer than 0.5 s"
    assert left.startswith(f"'till/extra/hostile' left a process running: {sys.executable}")
    assert len(run.held) == 5
