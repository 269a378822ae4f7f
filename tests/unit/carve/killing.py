"""Call carve in forked processes that end themselves, without warning, at the Nth change.

A process that has loaded carve already is told on stdin what to call, and forks for each call. An
audit hook counts what changes a disk or starts a process. The kill comes before the change.
"""

import contextlib
import importlib
import json
import os
import resource
import runpy
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_CHANGES = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# A root without what makes it one: what is read-only is that for it too.
_MORTAL = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(frozen=True, slots=True)
class Called:
    """How a call ended: its exit code, negative for a signal; how many changes there were."""

    code: int
    changes: int
    out: str


class Killer:
    """A process to call carve in."""

    def __init__(self, temporary: Path, *, mortal: bool = False, **variables: str) -> None:
        """Let the calls keep their temporary files below `temporary`, and see `variables`.

        With `mortal` permissions count for them, whoever they are.
        """
        path = os.pathsep.join(sys.path)
        self._process = subprocess.Popen(
            [*(_MORTAL if mortal and os.geteuid() == 0 else ()), sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **_plain(os.environ),
                "PYTHONPATH": path,
                "TMPDIR": str(temporary),
                **variables,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def carve(self, folder: Path, *words: str, **how: float) -> Called:
        """Call carve in `folder`; with `at` it dies before that change.

        With `room` no file can get more bytes than that, as on a disk that is full. With `after`
        it dies after so many seconds, with all that it has started unless it is to be `alone`.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"folder": str(folder), "words": words, **how}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        return Called(**json.loads(self._process.stdout.readline()))


def _plain(variables: Mapping[str, str]) -> dict[str, str]:
    foreign = ("PYTEST_", "COV_", "COVERAGE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    return {key: value for key, value in variables.items() if not key.startswith(foreign)}


class _Counter:
    """Counts changes, and kills its own process before one of them."""

    def __init__(self, at: int) -> None:
        self.changes = 0
        self._at = at

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not flags & _WRITES or str(path).startswith("/dev/"):
                return
        elif event != "subprocess.Popen" and event not in _CHANGES:
            return
        self.changes += 1
        if self.changes == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def _called(asked: dict[str, Any]) -> dict[str, Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _call(asked, writer)
    os.close(writer)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    if "after" in asked and not select.select([reader], [], [], asked["after"])[0]:
        (os.kill if asked.get("alone") else os.killpg)(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    out, _, changes = told.rpartition("\0")
    return {
        "code": os.waitstatus_to_exitcode(status),
        "changes": int(changes or 0) if out or changes.isdigit() else 0,
        "out": out or told,
    }


def _call(asked: dict[str, Any], writer: int) -> None:
    os.setpgid(0, 0)  # whoever kills a whole group does not mean the server
    os.dup2(writer, 1)
    os.dup2(writer, 2)
    os.chdir(asked["folder"])
    sys.argv = ["carve", *asked["words"]]
    if "room" in asked:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["room"], resource.RLIM_INFINITY))
    counter = _Counter(asked.get("at", 0))
    sys.addaudithook(counter.hear)
    code = 70
    try:
        runpy.run_module("carve", run_name="__main__")
    except SystemExit as error:
        code = int(error.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if sys.exc_info()[0] not in (None, SystemExit):
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        os.write(1, f"\0{counter.changes}".encode())
        os._exit(code)


def _serve() -> None:
    for module in ("app", "landing", "outputs", "single"):
        importlib.import_module(f"carve.cli.{module}")  # once, and not in each call
    for line in sys.stdin:
        print(json.dumps(_called(json.loads(line))), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    _serve()
