"""On Python 3.11: a profile function for calls, and in members a trace function for exceptions.

Where something else traces already, as coverage does, it is left alone, and exceptions that leave
a member are told without their type.
"""

import opcode
import sys
import threading
from types import CodeType
from typing import Any

from .members import MOCK, OTHER, PROCESS, UNDECIDED, Family, Member
from .watcher import Watcher

__all__ = ["UNKNOWN", "Profiling"]

_RETURNS = opcode.opmap.get("RETURN_VALUE")
_YIELDS = opcode.opmap.get("YIELD_VALUE")
_RESUMES = opcode.opmap.get("RESUME")
_BEGINS = 0  # the argument of RESUME where a function begins
_SEEN = frozenset({"return", "c_call"})
_USED = (OTHER, MOCK, PROCESS)
_UNSEEN = (None, *_USED)
UNKNOWN = "<not visible: something else traces>"


class Profiling:
    """Tells a watcher about members, for this thread and those that begin later."""

    def __init__(self, family: Family, watcher: Watcher) -> None:
        """Take who belongs to the class and whom to tell."""
        self._family = family
        self._watcher = watcher
        self._code: dict[int, tuple[CodeType, bytes]] = {}
        self._errors: dict[int, tuple[Any, str]] = {}
        self._thrown: dict[int, int] = {}

    def start(self) -> None:
        """Begin."""
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def stop(self) -> None:
        """End."""
        sys.setprofile(None)
        threading.setprofile(None)
        self._trace_inside(None)

    def _profile(self, frame: Any, event: str, value: Any) -> None:
        # Every call of the process comes here, so what is not of interest leaves at once.
        if event == "call":
            member = self._family.member(frame.f_code, frame.f_globals)
            if member is OTHER and not self._watcher.is_inside():
                return
            if member is not UNDECIDED and not self._watcher.is_busy():
                self._called(frame, member)
                self._trace_inside(frame)
        elif event in _SEEN and self._family.known(frame.f_code) not in _UNSEEN:
            if not self._watcher.is_open(frame) or self._watcher.is_busy():
                return
            if event == "c_call":
                self._watcher.calls(frame, value)
            else:
                self._left(frame, value)
                self._trace_inside(None)

    def _trace_inside(self, frame: Any) -> None:
        """Trace while a member is at work; nobody else pays for it."""
        now, inside = sys.gettrace(), self._watcher.is_inside()
        if inside and frame is not None and now in (None, self._trace):
            if self._watcher.is_open(frame):
                frame.f_trace_lines = False
                frame.f_trace = self._inside
            if now is None:
                sys.settrace(self._trace)
        elif not inside and now == self._trace:
            sys.settrace(None)

    def _trace(self, _frame: Any, _event: str, _value: Any) -> None:
        """Trace nothing unasked; the frames of members are asked one by one."""

    def _inside(self, frame: Any, event: str, value: Any) -> Any:
        if event == "exception":
            self._errors[id(frame)] = (value[1], value[0].__name__)
        return self._inside

    def _called(self, frame: Any, member: Member) -> None:
        operation, argument = self._operation(frame.f_code, frame.f_lasti)
        if self._watcher.is_open(frame) and (operation, argument) != (_RESUMES, _BEGINS):
            if operation != _RESUMES:  # it goes on with an exception, where it waited
                self._thrown[id(frame)] = frame.f_lasti
            self._watcher.resumed(frame)
            return
        if operation != _RESUMES or argument != _BEGINS:
            return
        if member in _USED:
            caller = frame.f_back
            if caller is not None and self._watcher.is_open(caller):
                module = str(frame.f_globals.get("__name__"))
                self._watcher.calls_code(caller, frame.f_code, module)
        if member is not OTHER:
            self._watcher.started(frame, member)

    def _left(self, frame: Any, value: Any) -> None:
        found = self._errors.pop(id(frame), None)
        thrown = self._thrown.pop(id(frame), None) == frame.f_lasti and value is None
        operation, _ = self._operation(frame.f_code, frame.f_lasti)
        if operation == _YIELDS and not thrown:
            self._watcher.paused(frame, value)
        elif operation == _RETURNS:
            self._watcher.returned(frame, value)
        else:
            error, name = found or (UNKNOWN, "GeneratorExit" if thrown else "")
            self._watcher.raised(frame, error, name)

    def _operation(self, code: CodeType, at: int) -> tuple[int, int]:
        """Return the instruction that a frame is at, and its argument."""
        known = self._code.get(id(code))
        if known is None:
            known = self._code[id(code)] = (code, code.co_code)  # kept, so its id stays its own
        text = known[1]
        return (text[at], text[at + 1]) if 0 <= at < len(text) else (-1, -1)
