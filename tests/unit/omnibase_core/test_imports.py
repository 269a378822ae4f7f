"""Every module of the runtime can be the first one a program imports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import omnibase_core

PACKAGE = Path(omnibase_core.__file__).parent

DRIVER = str(Path(__file__).with_name("importing.py"))


def _module_names() -> list[str]:
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


# No module asks for the version of Python, so the order of imports is the same on each.
@pytest.mark.once
def test_every_module_imports_first_in_a_fresh_process() -> None:
    """One test for all of them: parallel workers would each do the whole work again."""
    names = _module_names()
    workers = os.cpu_count() or 1
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-W", "error", DRIVER, str(PACKAGE.parent)]
    share = -(-len(names) // workers)
    drivers = []
    for number in range(workers):
        driver = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert driver.stdin is not None
        driver.stdin.write(json.dumps(names[number * share : (number + 1) * share]))
        driver.stdin.close()
        driver.stdin = None
        drivers.append(driver)
    outcome: dict[str, str] = {}
    for driver in drivers:
        answer, complaint = driver.communicate(timeout=600)
        assert driver.returncode == 0, complaint
        outcome |= json.loads(answer)
    assert outcome == dict.fromkeys(names, "")


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, omnibase_core; print([m for m in sys.modules if m.startswith('omnibase')])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
    )
    assert done.stdout.strip() == "['omnibase_core']"
