"""From Python 3.12 on: `sys.monitoring`, which leaves all code but the members at full speed."""

import sys
from types import CodeType
from typing import Any

from .members import MOCK, OTHER, PROCESS, UNDECIDED, Family
from .watcher import Watcher

__all__ = ["Monitoring"]

# mypy reads this for Python 3.11, which has no such thing.
_monitoring: Any = getattr(sys, "monitoring", None)
_TOOLS = (4, 3, 5, 2)  # the first two are nobody's


class Monitoring:
    """Tells a watcher about members, for all threads."""

    def __init__(self, family: Family, watcher: Watcher) -> None:
        """Take who belongs to the class and whom to tell."""
        self._family = family
        self._watcher = watcher
        self._listening: set[int] = set()
        self._tool = next(tool for tool in _TOOLS if _monitoring.get_tool(tool) is None)

    def start(self) -> None:
        """Begin."""
        events = _monitoring.events
        _monitoring.use_tool_id(self._tool, "carve")
        for event, callback in (
            (events.PY_START, self._start),
            (events.PY_RESUME, self._resume),
            (events.PY_THROW, self._throw),
            (events.PY_RETURN, self._return),
            (events.PY_YIELD, self._yield),
            (events.PY_UNWIND, self._unwind),
            (events.CALL, self._call),
        ):
            _monitoring.register_callback(self._tool, event, callback)
        wanted = events.PY_START | events.PY_UNWIND | events.PY_THROW
        _monitoring.set_events(self._tool, wanted)

    def stop(self) -> None:
        """End, and free what was used."""
        if _monitoring.get_tool(self._tool) == "carve":
            _monitoring.set_events(self._tool, 0)
            _monitoring.free_tool_id(self._tool)

    def _start(self, code: CodeType, _offset: int) -> Any:
        if self._watcher.is_busy():
            return None
        frame = sys._getframe(1)  # noqa: SLF001 - the event comes without its frame
        member = self._family.member(code, frame.f_globals)
        if member is UNDECIDED:
            return None
        if member is OTHER:
            return _monitoring.DISABLE
        if id(code) not in self._listening and member is not MOCK and member is not PROCESS:
            self._listening.add(id(code))  # the family keeps the code, so its id stays its own
            events = _monitoring.events
            wanted = events.PY_RETURN | events.PY_YIELD | events.PY_RESUME | events.CALL
            _monitoring.set_local_events(self._tool, code, wanted | events.PY_START)
        self._watcher.started(frame, member)
        return None

    def _resume(self, _code: CodeType, _offset: int) -> None:
        if not self._watcher.is_busy():
            self._watcher.resumed(sys._getframe(1))  # noqa: SLF001 - as above

    def _throw(self, code: CodeType, _offset: int, _error: BaseException) -> None:
        if self._family.known(code) not in (None, OTHER):
            self._watcher.resumed(sys._getframe(1))  # noqa: SLF001 - as above

    def _return(self, _code: CodeType, _offset: int, value: Any) -> None:
        if not self._watcher.is_busy():
            self._watcher.returned(sys._getframe(1), value)  # noqa: SLF001 - as above

    def _yield(self, _code: CodeType, _offset: int, value: Any) -> None:
        if not self._watcher.is_busy():
            self._watcher.paused(sys._getframe(1), value)  # noqa: SLF001 - as above

    def _unwind(self, code: CodeType, _offset: int, error: BaseException) -> None:
        if self._family.known(code) not in (None, OTHER) and not self._watcher.is_busy():
            frame = sys._getframe(1)  # noqa: SLF001 - as above
            self._watcher.raised(frame, error, type(error).__name__)

    def _call(self, _code: CodeType, _offset: int, value: Any, _first: Any) -> None:
        frame = sys._getframe(1)  # noqa: SLF001 - as above
        if not self._watcher.is_busy() and self._watcher.is_open(frame):
            self._watcher.calls(frame, value)
