"""A process that has imported carve, and forks for each call of it.

A call is a process of its own, with its own folder, variables and outputs, that ends as Python
ends it. Only the import of carve and what it needs, which takes longer than most calls, is shared.
"""

import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_MODULES = (
    *("app", "evidence", "gates", "landing", "mutants", "outputs", "pins", "plans", "single"),
    *("suggesting", "trace"),
)


class Server:
    """Calls carve; `variables` are those with which Python starts."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def call(
        self, words: tuple[str, ...], folder: Path, variables: Mapping[str, str]
    ) -> tuple[int, str, str]:
        """Return the exit code, and what was printed on stdout and stderr."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as scratch:
            outputs = [Path(scratch, name) for name in ("out", "err")]
            asked = [words, str(folder), dict(variables), *map(str, outputs)]
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            out, err = (path.read_bytes().decode() for path in outputs)
        return code, out, err

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        assert self._process.returncode == 0


def _serve() -> list[str] | None:
    """Fork for each call; return what carve is to be called with in a fork, None in the end."""
    for name in _MODULES:
        importlib.import_module(f"carve.cli.{name}")
    with os.fdopen(os.dup(0), "rb") as calls:
        for line in calls:
            child = os.fork()
            if not child:
                return _begin(*json.loads(line))
            _, status = os.waitpid(child, 0)
            os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))
    return None


def _begin(
    words: list[str], folder: str, variables: dict[str, str], out: str, err: str
) -> list[str]:
    """Let this process be one that was started as it is asked for."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.path[0] = folder
    for number, path in enumerate((os.devnull, out, err)):
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(handle, number)
        os.close(handle)
    return words


if __name__ == "__main__":
    if (asked := _serve()) is not None:
        sys.argv = ["carve", *asked]
        runpy.run_module("carve", run_name="__main__", alter_sys=True)
