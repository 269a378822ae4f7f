"""Run a repository's own tests on a tree and write down what goes through a class of it.

What runs beside the tests is the standard library alone, so any interpreter from 3.11 on will do.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from subprocess import STDOUT
from typing import Any

from carve.errors import CarveError, Place
from carve.pins.family import leading
from carve.plan.refs import ClassRef
from carve.trace.recording import Recording, gathered

__all__ = ["Target", "interpreter_of", "record"]

_PACKAGE = "carve_recorder"
_TAIL = 15
_MOST = 2000
_FOREIGN = ("PYTEST_CURRENT_TEST", "PYTEST_XDIST", "COV_", "COVERAGE_")
_BROKEN = (2, 3, 4)  # how pytest ends when it was not about the tests


@dataclass(frozen=True, slots=True)
class Target:
    """The class to trace, and how.

    Attributes:
        ref: The class.
        roots: The folders of its tree that imports start from.
        seed: Where the numbers of `random` begin in each test; None leaves them as they are.
    """

    ref: ClassRef
    roots: tuple[str, ...] = (".",)
    seed: int | None = None


def record(
    tree: Path, target: Target, command: Sequence[str], file: Path, *, most: int = _MOST
) -> Recording:
    """Run the command in `tree`, and return what went through the class, kept in `file`.

    Args:
        tree: The folder to run in; its roots come first on the import path.
        target: The class.
        command: What runs the tests: pytest, or `python -m unittest`.
        file: Where the recording goes.
        most: How many events of each test are kept in full.
    """
    tree = tree.resolve()
    with tempfile.TemporaryDirectory(prefix="carve-") as name:
        scratch = Path(name).resolve()
        environment = _prepared(scratch, tree, target, most)
        code, output = _run(_words(command), tree, environment, scratch)
        recording = gathered(scratch / "out", file, {"command": list(command), "code": code})
        _require(recording, tree, target, (code, output))
        recording.add_looks(_looks(recording, tree, environment, scratch))
    return recording


def interpreter_of(word: str, folders: Iterable[Path]) -> str:
    """Return a command as an absolute path, if it is one that is given from one of the folders."""
    if os.sep not in word or Path(word).is_absolute():
        return word if shutil.which(word) or word != "python" else sys.executable
    found = next((folder / word for folder in folders if (folder / word).is_file()), None)
    return str(found.absolute()) if found else word


def _prepared(scratch: Path, tree: Path, target: Target, most: int) -> dict[str, str]:
    """Lay the recorder where nothing else is, and return the environment that leads to it."""
    package = scratch / "path" / _PACKAGE
    package.mkdir(parents=True)
    for file in files("carve.trace.recorder").iterdir():
        if file.name.endswith(".py"):
            (package / file.name).write_bytes(file.read_bytes())
    for folder in ("out", "tmp"):
        (scratch / folder).mkdir()
    plain = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    roots = [str(tree / root) for root in target.roots]
    plain["PYTHONPATH"] = os.pathsep.join([*roots, *_split(plain.get("PYTHONPATH"))])
    plain |= {"TMPDIR": str(scratch / "tmp"), "PYTHONHASHSEED": "0"}
    settings: dict[str, Any] = {
        "tree": str(tree),
        "out": str(scratch / "out"),
        "module": target.ref.module,
        "name": target.ref.name,
        "most": most,
        "seed": target.seed,
        "masks": {str(scratch / "tmp"): "<tmp>", str(tree): "<tree>"},
        "environment": {key: plain.get(key) for key in ("PYTHONPATH", "PYTEST_ADDOPTS")},
    }
    told = scratch / "settings.json"
    told.write_text(json.dumps(settings), encoding="utf-8")
    words = f"{plain.get('PYTEST_ADDOPTS', '')} -p {_PACKAGE}.plugin".strip()
    path = os.pathsep.join([str(package.parent), plain["PYTHONPATH"]])
    return {**plain, "CARVE_TRACE": str(told), "PYTEST_ADDOPTS": words, "PYTHONPATH": path}


def _split(path: str | None) -> list[str]:
    return [part for part in (path or "").split(os.pathsep) if part]


def _words(command: Sequence[str]) -> list[str]:
    """Return the command, with our launcher where it runs unittest."""
    words = list(command)
    for place in range(1, len(words) - 1):
        if words[place : place + 2] == ["-m", "unittest"]:
            words[place + 1] = f"{_PACKAGE}.launch"
    return words


def _run(
    words: Sequence[str], tree: Path, environment: dict[str, str], scratch: Path
) -> tuple[int, str]:
    output = scratch / "output.txt"
    try:
        with (
            output.open("wb") as sink,
            leading(words, cwd=tree, env=environment, stdout=sink, stderr=STDOUT) as process,
        ):
            code = process.wait()
    except OSError as error:
        raise CarveError(
            f"{words[0]!r} cannot be started: {error.strerror}",
            instead="name the interpreter of the repository's own environment after --",
        ) from error
    return code, output.read_text(encoding="utf-8", errors="replace")


def _require(recording: Recording, tree: Path, target: Target, ended: tuple[int, str]) -> None:
    """Say what is wrong with a run that no comparison could be built on."""
    code, output = ended
    last = "\n".join([line for line in output.splitlines() if line.strip()][-_TAIL:])
    if not recording.processes:
        raise CarveError(
            f"the command ended with exit code {code}, and the recorder was never loaded\n{last}",
            instead="use pytest or python -m unittest, and an interpreter from 3.11 on",
        )
    if not recording.tests or code in _BROKEN:
        raise CarveError(
            f"the command ran {_counted(len(recording.tests))}, and ended with {code}\n{last}",
            instead="see that it runs tests in a copy of the tree without what git ignores",
        )
    if recording.file and not Path(recording.file).is_relative_to(tree):
        raise CarveError(
            f"{target.ref} was imported from elsewhere, not from the tree that is traced",
            where=Place(recording.file),
            instead="name the folder that imports start from with --root",
        )


def _counted(tests: int) -> str:
    return f"{tests or 'no'} test{'' if tests == 1 else 's'}"


def _looks(
    recording: Recording, tree: Path, environment: dict[str, str], scratch: Path
) -> dict[str, Any]:
    """Ask introspection in a fresh process of the interpreter that ran the tests."""
    words = [recording.python, "-m", f"{_PACKAGE}.looks"]
    answer = scratch / "looks.json"
    with (
        answer.open("wb") as sink,
        (scratch / "errors.txt").open("wb") as errors,
        leading(words, cwd=tree, env=environment, stdout=sink, stderr=errors) as process,
    ):
        code = process.wait()
    if code:
        last = (scratch / "errors.txt").read_text(errors="replace").strip().splitlines()[-1:]
        raise CarveError(
            f"the class cannot be imported first in a fresh process: {''.join(last)}",
            instead="see that module and class are named as the tests import them, or --root",
        )
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found
