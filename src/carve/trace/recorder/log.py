"""What was seen, test by test, as JSON lines: the first events in full, of the rest a hash."""

import contextlib
import hashlib
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

from .settings import Settings
from .values import Values

__all__ = ["OUTSIDE", "Log"]

OUTSIDE = "(outside of any test)"
_LARGEST = 4_000_000  # characters of the events that are kept of one test
_VALUED = 20  # times the limit: from there on only what happened is hashed, not the values
_Event = list[Any]


class _Stream:
    """The events of one test on its own thread, and those of other threads in pieces."""

    def __init__(self, test: str, most: int) -> None:
        self.test = test
        self.outcomes: list[list[str]] = []
        self.processes = 0
        self.events: list[str] = []
        self.pieces: list[list[_Event]] = []
        self._most = most
        self._count = self._kept = self._size = 0
        self._pieced = 0
        self._later: dict[tuple[str, str], list[Any]] = {}
        self._full, self._kinds = hashlib.sha256(), hashlib.sha256()

    def is_full(self) -> bool:
        return self._count >= self._most * _VALUED

    def add(self, event: _Event) -> None:
        text = json.dumps(event)
        if self._kept == self._count < self._most and self._size + len(text) <= _LARGEST:
            self._kept += 1
            self._size += len(text)
            self.events.append(text)
        else:
            coded = text.encode()
            later = self._later.setdefault((event[0], event[1]), [0, hashlib.sha256()])
            later[0] += 1
            later[1].update(coded)
            self._kinds.update(json.dumps(event[:2]).encode())
            self._full.update(coded)
        self._count += 1

    def piece(self, events: list[_Event], count: int) -> None:
        self._pieced += count
        if self._pieced <= self._most:
            self.pieces.append(events)

    def line(self, *, forked: bool) -> str:
        """Return it as JSON."""
        found: dict[str, Any] = {"test": self.test, "outcomes": self.outcomes, "forked": forked}
        found |= {"pieces": self.pieces, "processes": self.processes, "pieced": self._pieced}
        if self._count > self._kept:
            hashes = {"full": self._full.hexdigest(), "kinds": self._kinds.hexdigest()}
            count = self._count - self._kept
            called = sorted(name for kind, name in self._later if kind == "called")
            sorts = [[*k, n, h.hexdigest()[:12]] for k, (n, h) in sorted(self._later.items())]
            found["more"] = {"count": count, "called": called, "sorts": sorts, **hashes}
        # What has been made a text to be measured is not made one again.
        return f'{json.dumps(found)[:-1]}, "events": [{", ".join(self.events)}]}}'

    def is_empty(self) -> bool:
        return not (self.outcomes or self.events or self.pieces or self.processes)


class Log:
    """Writes the file of this process; a child that was forked begins one of its own."""

    def __init__(self, settings: Settings, values: Values) -> None:
        """Open the file."""
        self._settings = settings
        self._values = values
        self._lock = threading.RLock()
        self._mine = threading.get_ident()
        self._others: dict[int, list[_Event]] = {}
        self._counts: Counter[int] = Counter()
        self._depths: dict[int, int] = {}
        self._forked = False
        self._stream = _Stream(OUTSIDE, settings.most)
        self._file = self._open()
        self._write({"python": sys.executable})
        os.register_at_fork(after_in_child=self._begin_child)

    @property
    def test(self) -> str:
        """The test that is at work."""
        return self._stream.test

    def begin(self, test: str) -> None:
        """Count what follows as part of `test`."""
        self._flush()
        self._mine = threading.get_ident()
        self._values.forget()
        self._stream = _Stream(test, self._settings.most)
        self._write({"began": test})

    def end(self) -> None:
        """Write what the test has shown; what follows belongs to none."""
        self._flush()
        self._values.forget()
        self._stream = _Stream(OUTSIDE, self._settings.most)

    def outcome(self, phase: str, outcome: str, message: str = "") -> None:
        """Note how a part of the test ended."""
        self._stream.outcomes.append([phase, outcome, self._values.texts.text(message)])

    def process(self) -> None:
        """Note that a process was started: it is not seen."""
        self._stream.processes += 1

    def wants_values(self) -> bool:
        """Tell whether values still count; after very many events only what happened does."""
        return not self._stream.is_full()

    def event(self, kind: str, name: str, payload: Any = None) -> None:
        """Note an event."""
        event = [kind, name, payload]
        thread = threading.get_ident()
        with self._lock:
            if thread == self._mine:
                self._stream.add(event)
            else:
                self._counts[thread] += 1
                # A thread may serve in a member of the class for as long as the tests run.
                if self._counts[thread] <= self._settings.most:
                    self._others.setdefault(thread, []).append(event)

    def depth(self, change: int) -> int:
        """Return how many calls are open in this thread, after one came or went."""
        thread = threading.get_ident()
        found = self._depths[thread] = max(0, self._depths.get(thread, 0) + change)
        if not found:
            del self._depths[thread]
            self._close(thread)
        return found

    def is_inside(self) -> bool:
        """Tell whether a member of the class is at work in this thread."""
        return threading.get_ident() in self._depths

    def close(self, **facts: Any) -> None:
        """Write what is left and the facts about this process."""
        self._flush()
        self._write({"facts": facts})
        with contextlib.suppress(ValueError, OSError):
            self._file.close()

    def _close(self, thread: int) -> None:
        """Hand over what a thread has done, once nothing of it is open."""
        if thread != self._mine and (events := self._others.pop(thread, None)):
            with self._lock:
                self._stream.piece(events, self._counts.pop(thread))
        if self._forked:
            self._flush()
            self._stream = _Stream(self._stream.test, self._settings.most)

    def _flush(self) -> None:
        with self._lock:
            for thread, events in self._others.items():
                self._stream.piece(events, self._counts[thread])
            self._others.clear()
            self._counts.clear()
            if not self._stream.is_empty():
                self._write(self._stream.line(forked=self._forked))

    def _write(self, line: str | dict[str, Any]) -> None:
        self._file.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        self._file.flush()

    def _open(self) -> TextIO:
        path = Path(self._settings.out) / f"{os.getpid()}.jsonl"
        return path.open("a", encoding="utf-8", errors="surrogatepass")

    def _begin_child(self) -> None:
        self._lock = threading.RLock()
        self._forked = True
        self._file = self._open()
        self._mine = threading.get_ident()
        self._depths.clear()
        self._others.clear()
        self._counts.clear()
        self._stream = _Stream(self._stream.test, self._settings.most)
