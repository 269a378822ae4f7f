"""The worker processes: start them, hand out the mutants, hear the verdicts."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from carve.errors import CarveError, Place
from carve.mutants.worker import CONTROL, RECORD
from carve.pins.family import end_group, guarded
from carve.pins.run import environment

__all__ = ["Crew", "Task", "Told"]

_FEWEST_SECONDS = 3.0
_SLACK = 20
_TAIL = 20
_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Task:
    """A mutant to be judged, and by which scenarios."""

    number: int
    pins: tuple[str, ...]
    on_import: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict, and the scenario at which it fell."""

    number: int
    verdict: str
    by: str


@dataclass
class Crew:
    """Workers on one module of a tree; `unfit` are scenarios that the copy itself disturbs."""

    tree: Path
    module: str
    file: Path
    home: Path
    subject: str
    count: int
    unfit: tuple[str, ...] = ()
    _workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def judge(self, tasks: Sequence[Task]) -> Iterator[Told]:
        """Yield the verdict on each task as it falls.

        First all scenarios run on the copy with every mutant asleep: one that does not hold there
        would notice everything, so it judges nothing; and what a scenario takes is measured.
        """
        with (
            tempfile.TemporaryDirectory(prefix="mutants-") as scratch,
            _pipe() as (first_out, first),
            _pipe() as (queue_out, queue),
            _pipe() as (results, results_in),
            contextlib.ExitStack() as guards,
        ):
            folder = Path(scratch)
            names = sorted({name for task in tasks for name in task.pins})
            chunks = {f"c{at}": names[at :: self.count] for at in range(self.count)}
            self._write(folder, "module", {"module": self.module, "file": str(self.file)})
            self._write(folder, CONTROL, chunks)
            try:
                self._start(folder, names, (first_out, queue_out, results_in))
                for worker in self._workers:
                    guards.enter_context(guarded(worker.pid))
                for end in (first_out, queue_out, results_in):
                    end.close()
                _put(first, [*chunks])
                heard = self._heard(results, folder)
                seconds = self._controlled(folder, [next(heard) for _ in chunks])
                self._write(folder, "job", self._job(tasks, seconds))
                feeding = threading.Thread(target=_feed, args=(first, queue, tasks), daemon=True)
                feeding.start()
                for _ in tasks:
                    line = next(heard)
                    yield Told(int(line["record"]), line["verdict"], line["by"])
                feeding.join()
            finally:
                self._stop()

    def _controlled(self, folder: Path, told: list[dict[str, Any]]) -> dict[str, float]:
        """Return how long each scenario took with all mutants asleep."""
        seconds: dict[str, float] = {}
        unfit: list[str] = []
        for line in told:
            found = json.loads((folder / f"{line['record']}.json").read_text(encoding="utf-8"))
            seconds |= found["seconds"]
            unfit += found["failed"]
            if line["verdict"] != "survived":
                raise CarveError(
                    f"with all mutants asleep the run ended in {line['verdict']!r} at "
                    f"{line['by'] or 'the import'}",
                    where=Place(str(self.file)),
                )
        self.unfit = tuple(sorted(unfit))
        return seconds

    def _job(self, tasks: Sequence[Task], seconds: dict[str, float]) -> dict[str, Any]:
        """Return for each mutant its scenarios, the most particular and fastest first."""
        breadth: dict[str, int] = {}
        for task in tasks:
            for name in task.pins:
                breadth[name] = breadth.get(name, 0) + 1

        def order(name: str) -> tuple[float, str]:
            return seconds[name] * breadth[name], name

        mutants = {
            str(task.number): sorted({*task.pins} - {*self.unfit}, key=order) for task in tasks
        }
        timeouts = {name: max(_FEWEST_SECONDS, _SLACK * took) for name, took in seconds.items()}
        return {"mutants": mutants, "timeouts": timeouts}

    def _start(self, folder: Path, names: list[str], pipes: tuple[BinaryIO, ...]) -> None:
        ends = [pipe.fileno() for pipe in pipes]
        command = [sys.executable, "-m", "pytest", "-c", str(self.home / "pytest.ini")]
        command += [f"--rootdir={self.home}", "-q", "--color=no", "--tb=native"]
        command += ["-p", "no:cacheprovider", "-p", "carve.mutants.worker"]
        command += [f"--mutants={folder}", f"--mutant-pipes={','.join(map(str, ends))}"]
        command += [f"--mutant-parent={os.getpid()}", f"--subject={self.subject}"]
        command += [f"--pin-tree={self.tree}", "-o", "tmp_path_retention_policy=none"]
        for index in range(self.count):
            with (folder / f"output-{index}").open("wb") as output:
                worker = subprocess.Popen(  # noqa: S603 - our own command line
                    [*command, f"--basetemp={folder / f't{index}'}", *self._files(names)],
                    cwd=self.tree,
                    env=environment(self.tree, None),
                    pass_fds=ends,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            self._workers.append(worker)

    def _files(self, names: list[str]) -> list[str]:
        """Return the files of the scenarios; the whole folder where one is not found."""
        parts = {name.rpartition("/")[0].rpartition("/") for name in names}
        paths = {self.home / "scenarios" / top / f"test_{module}.py" for top, _, module in parts}
        return sorted(map(str, paths if all(map(Path.is_file, paths)) else [self.home]))

    def _heard(self, results: BinaryIO, folder: Path) -> Iterator[dict[str, Any]]:
        for line in results:
            yield json.loads(line)
        output = (folder / "output-0").read_text(encoding="utf-8", errors="replace")
        tail = "\n".join(output.splitlines()[-_TAIL:])
        raise CarveError(f"the mutation workers stopped early:\n{tail}", where=Place(str(folder)))

    def _stop(self) -> None:
        """Let the workers end, or end them; all that they and their children started goes too."""
        try:
            for worker in self._workers:
                if sys.exc_info()[0] is not None:
                    worker.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                for worker in self._workers:
                    worker.wait(_GRACE)
        finally:  # somebody may be in a hurry
            for worker in self._workers:
                end_group(worker.pid)
                worker.wait()
            self._workers.clear()

    @staticmethod
    def _write(folder: Path, name: str, data: object) -> None:
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")


@contextmanager
def _pipe() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as out, os.fdopen(writer, "wb", buffering=0) as into:
        yield out, into


def _put(queue: BinaryIO, records: Sequence[object]) -> None:
    # Each is written whole, as a reader takes one at a time.
    queue.writelines(f"{record:>{RECORD}}".encode() for record in records)


def _feed(first: BinaryIO, queue: BinaryIO, tasks: Sequence[Task]) -> None:
    """Hand out the mutants; nobody may listen any more, which is no error of ours."""
    for pipe, on_import in ((first, True), (queue, False)):
        with contextlib.suppress(OSError, ValueError):
            _put(pipe, [task.number for task in tasks if task.on_import is on_import])
            pipe.close()
