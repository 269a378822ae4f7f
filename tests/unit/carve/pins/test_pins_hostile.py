"""A hostile scenario costs itself alone: one message with scenario and file, the others run."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

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


@pytest.mark.parametrize("what", _HOSTILE)
def test_a_hostile_scenario_is_one_message(shop: Any, what: str) -> None:
    body, message = _HOSTILE[what]
    shop.scenario(f"def test_hostile(pinned):\n    {body}\n{_KIND}")
    run = run_pins(shop.tree, timeout=0.5 if "loops" in what else 60.0)
    (error,) = run.error
    assert error.scenario == "till/extra/hostile"
    assert error.message.strip() == f"'till/extra/hostile' {message}\n  at  {_FILE}"
    assert [each.scenario for each in run.new] == ["till/extra/kind"]
    assert len(run.held) == 5
    assert run.orphans == ()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("open('{out}', 'w')", "open"),
        ("open('{out}', 'a')", "open"),
        ("os.remove('{there}')", "remove"),
        ("os.rename('{there}', files / 'mine')", "rename"),
        ("os.symlink('x', '{out}')", "symlink"),
        ("os.mkdir('{out}')", "mkdir"),
        ("os.chmod('{there}', 0)", "chmod"),
        ("os.truncate('{there}', 0)", "truncate"),
    ],
)
@pytest.mark.parametrize("swallowed", [False, True])
def test_nothing_outside_its_own_folder_is_written(
    shop: Any, tmp_path: Path, body: str, what: str, swallowed: bool
) -> None:
    out, there = tmp_path / "out", tmp_path / "there"
    there.write_text("kept")
    line = body.format(out=out, there=there)
    if swallowed:
        line = f"try:\n        {line}\n    except OSError:\n        pass"
    shop.scenario(
        f"import os\ndef test_hostile(pinned, files):\n    {line}\n    pinned.check({{'n': 1}})\n"
    )
    run = run_pins(shop.tree, select="hostile")
    (error,) = run.error
    told = f"'till/extra/hostile' writes outside its own folder: {what} {tmp_path}/"
    assert error.message.startswith(told)
    assert error.message.endswith(f"\n  at  {_FILE}")
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
