"""What goes through the class: calls, arguments, results, exceptions, attributes, and mocks."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType, MethodType
from typing import Any, TypeVar

from .log import Log
from .members import MOCK, OTHER, PROCESS, UNDECIDED, Family, Member
from .names import callable_name, mock_name
from .outlines import UNSET, Outlines
from .values import Values

__all__ = ["Watcher"]

_T = TypeVar("_T")
_WRAPPED = "async_generator_wrapped_value"


@dataclass
class _Open:
    """A call that has not ended.

    While it runs it holds its receiver; `outer` says that it was the first to do so.
    """

    member: Member
    receiver: Any = None
    outer: bool = False
    before: dict[str, Any] = field(default_factory=dict)


class Watcher:
    """Turns what an interpreter tells about code into events."""

    def __init__(self, family: Family, values: Values, log: Log) -> None:
        """Take who belongs to the class, what makes values plain, and where events go."""
        self._family = family
        self._values = values
        self._log = log
        self._open: dict[int, _Open] = {}
        self._held: dict[int, int] = {}
        self._outlines = Outlines(values.plain)
        self._busy = threading.local()

    def is_busy(self) -> bool:
        """Tell whether this thread is looking at values, which is nothing to be told."""
        return getattr(self._busy, "now", False)

    def is_inside(self) -> bool:
        """Tell whether a member is at work in this thread."""
        return self._log.is_inside()

    def is_open(self, frame: Any) -> bool:
        """Tell whether the frame is that of a call that has begun."""
        return id(frame) in self._open

    def started(self, frame: Any, member: Member) -> None:
        """Note a call."""
        self._busy.now = True
        try:
            if member is MOCK or member is PROCESS:
                self._special(frame, member)
            else:
                self._call(frame, member)
        finally:
            self._busy.now = False

    def paused(self, frame: Any, value: Any) -> None:
        """Note what a generator yields; a coroutine that waits is no event."""
        found = self._open.get(id(frame))
        if found is None:
            return
        if not found.member.waits:
            hidden = type(value).__name__ == _WRAPPED
            if not found.member.quiet and (hidden or found.member.generates):
                self._event("yields", found.member, "<not visible>" if hidden else value)
            # A generator may be dropped here and never be heard of again.
            self._let_go(found)
        self._log.depth(-1)

    def resumed(self, frame: Any) -> None:
        """Note that a call goes on."""
        found = self._open.get(id(frame))
        if found is not None:
            if not found.member.waits:
                self._hold(found, self._receiver(frame.f_locals, found.member)[0])
            self._log.depth(1)

    def returned(self, frame: Any, value: Any) -> None:
        """Note a result."""
        found = self._open.pop(id(frame), None)
        if found is not None:
            if not found.member.quiet:
                self._event("returns", found.member, value)
            self._left(found)

    def raised(self, frame: Any, error: Any, name: str) -> None:
        """Note an exception that leaves a call."""
        found = self._open.pop(id(frame), None)
        if found is not None:
            if not found.member.quiet and name != "GeneratorExit":
                self._event("raises", found.member, error)
            self._left(found)

    def calls(self, frame: Any, value: Any) -> None:
        """Note what a member calls, unless that is a member and told itself."""
        function = value.__func__ if isinstance(value, MethodType) else value
        if isinstance(function, FunctionType):
            member = self._family.member(function.__code__, function.__globals__)
            if member not in (UNDECIDED, OTHER, MOCK, PROCESS):
                return
        name = callable_name(value, self._family.tree)
        self._log.event("calls", self._family.without_owner(name), self._meanwhile(frame))

    def calls_code(self, frame: Any, code: Any, module: str) -> None:
        """Note a call of which only the code is known."""
        own = self._family.is_own(code.co_filename)
        name = code.co_qualname if own else f"{module}.{code.co_qualname}"
        self._log.event("calls", name, self._meanwhile(frame))

    def _call(self, frame: Any, member: Member) -> None:
        values = frame.f_locals
        receiver, names = self._receiver(values, member)
        if receiver is not None and not self._concerns(receiver):
            return
        call = self._open[id(frame)] = _Open(member)
        self._hold(call, receiver)
        self._log.depth(1)
        if not member.quiet:
            told = (
                {"on": type(receiver).__name__}
                if member.direct and call.receiver is not None
                else {}
            )
            given = {
                name: self._plain(values[name], f"{member.name}({name})")
                for name in names
                if name in values
            }
            now = {} if call.outer else self._noticed(call.receiver)
            self._log.event("called", member.name, {**told, **given, **now})

    def _hold(self, call: _Open, receiver: Any) -> None:
        if receiver is None or isinstance(receiver, type):
            return
        call.receiver = receiver
        call.outer = id(receiver) not in self._held
        self._held[id(receiver)] = self._held.get(id(receiver), 0) + 1
        if call.outer:
            call.before = self._state(receiver)
            self._looking(self._outlines.begin, receiver)

    def _let_go(self, call: _Open) -> None:
        receiver, call.receiver = call.receiver, None
        if receiver is None:
            return
        left = self._held.get(id(receiver), 1) - 1
        if left:
            self._held[id(receiver)] = left
        else:
            self._held.pop(id(receiver), None)
            self._outlines.end(receiver)
        if call.outer:
            self._changed(call.before, self._state(receiver))

    def _receiver(self, values: Any, member: Member) -> tuple[Any, tuple[str, ...]]:
        if member.direct and not member.static and member.parameters:
            first, *rest = member.parameters
            return values.get(first), tuple(rest)
        return (None if member.direct else values.get("self")), member.parameters

    def _concerns(self, receiver: Any) -> bool:
        cls = receiver if isinstance(receiver, type) else type(receiver)
        return self._family.stands(cls) or self._family.stands(type(receiver))

    def _left(self, call: _Open) -> None:
        self._let_go(call)
        self._log.depth(-1)

    def _changed(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        for name in {**after, **before}:
            was, became = before.get(name, UNSET), after.get(name, UNSET)
            if was != became:
                self._log.event("sets", name, [was, became])

    def _meanwhile(self, frame: Any) -> dict[str, Any] | None:
        """Return what the member at work has set since anybody looked."""
        found = self._open.get(id(frame))
        return (self._noticed(found.receiver) if found else None) or None

    def _noticed(self, receiver: Any) -> dict[str, Any]:
        """Return the attributes that are new since the last call, so that their order shows."""
        if id(receiver) not in self._held:
            return {}
        found = self._looking(self._outlines.changed, receiver) or {}
        return {f"self.{name}": value for name, value in found.items()}

    def _state(self, receiver: Any) -> dict[str, Any]:
        return self._looking(self._values.state, receiver) or {}

    def _looking(self, look: Callable[[Any], _T], receiver: Any) -> "_T | None":
        busy, self._busy.now = self.is_busy(), True
        try:
            return look(receiver) if self._log.wants_values() else None
        finally:
            self._busy.now = busy

    def _special(self, frame: Any, member: Member) -> None:
        if member is PROCESS:
            self._log.process()
        elif self._log.is_inside():
            given = frame.f_locals
            told = {"args": given.get("args"), "kwargs": given.get("kwargs")}
            name = mock_name(given.get("self"))
            self._log.event("mock", name, self._plain(told, f"mock {name}"))

    def _event(self, kind: str, member: Member, value: Any) -> None:
        self._busy.now = True
        try:
            self._log.event(kind, member.name, self._plain(value, f"{member.name} {kind}"))
        finally:
            self._busy.now = False

    def _plain(self, value: Any, place: str) -> Any:
        return self._values.plain(value, place) if self._log.wants_values() else None
