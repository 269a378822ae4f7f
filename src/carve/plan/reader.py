"""Read the YAML of a plan into plain data, and note where everything stands.

A plan is one mapping of text keys, without anchors, aliases or tags. It is read from the
parser's events, because composed nodes no longer tell whether an anchor or a tag was written.
"""

import re
from collections.abc import Iterator

import yaml

from carve.errors import CarveError, Place
from carve.plan.places import Places, Step
from carve.plan.scalars import convert
from carve.plan.syntax import explain

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

__all__ = ["read"]

_DEEPEST = 16  # a plan needs five levels
# What YAML forbids, and the line breaks that only YAML counts as such.
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read(text: str, path: str) -> tuple[dict[str, object], Places]:
    """Return the plan's data and the places of its parts."""
    if odd := _UNREADABLE.search(text):
        place = _place_at(text, odd.start(), path)
        raise CarveError(
            f"the character U+{ord(odd[0]):04X} is not allowed in a plan",
            where=place,
            instead="remove it, or write it as an escape in double quotes",
        )
    reader = _Reader(text, Places(path))
    try:
        return reader.document(), reader.places
    except yaml.MarkedYAMLError as error:
        raise explain(error, text, path) from None
    # The Python scanner lets these through for an escape or a version that is out of range.
    except (yaml.YAMLError, ValueError, OverflowError):
        raise CarveError("the file is not YAML that can be read", where=Place(path)) from None


class _Reader:
    """Builds data from the events of one document."""

    def __init__(self, text: str, places: Places) -> None:
        self.places = places
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)

    def document(self) -> dict[str, object]:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise self._error("the plan is empty", None, "begin it with format: 1")
        first = next(self._events)
        data = self._value(first, ())
        if not isinstance(data, dict):
            if data is None:
                raise self._error("the plan is empty", None, "begin it with format: 1")
            raise self._error("the plan is not a mapping", first, "begin it with format: 1")
        next(self._events)  # the end of the document
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise self._error(
                "a plan is one YAML document, and here a second one begins",
                after,
                "give each plan its own file",
            )
        return data

    def _value(self, event: yaml.Event, path: tuple[Step, ...]) -> object:
        self._refuse_extras(event)
        self.places.values[path] = _place(event, self.places.path)
        if len(path) > _DEEPEST:
            raise self._error("this is nested too deeply for a plan", event, None)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, path: tuple[Step, ...]) -> dict[str, object]:
        data: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            here = (*path, key)
            if key in data:
                raise self._error(
                    f"the key {key!r} stands here twice",
                    event,
                    f"the first is in line {self.places.of_key(*here).line}; keep one",
                )
            self.places.keys[here] = _place(event, self.places.path)
            data[key] = self._value(next(self._events), here)
        return data

    def _sequence(self, path: tuple[Step, ...]) -> list[object]:
        data: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            data.append(self._value(event, (*path, len(data))))
        return data

    def _key(self, event: yaml.Event) -> str:
        self._refuse_extras(event)
        key = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if not isinstance(key, str):
            raise self._error("a key has to be text", event, "put it in quotes, or name a key")
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if odd := _UNUSABLE.search(text):
            raise self._error(
                f"the character U+{ord(odd[0]):04X} has no use in a plan", event, "remove it"
            )
        unquoted: bool = event.implicit[0]
        return convert(text) if unquoted else text

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._error(
                f"a plan has no aliases, and here is *{event.anchor}",
                event,
                "write the value out, or put it in quotes if it is text",
            )
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            return
        if event.anchor is not None:
            raise self._error(
                f"a plan has no anchors, and here is &{event.anchor}", event, "remove it"
            )
        if event.tag is not None:
            raise self._error(f"a plan has no tags, and here is {event.tag}", event, "remove it")

    def _error(self, message: str, event: yaml.Event | None, instead: str | None) -> CarveError:
        path = self.places.path
        where = Place(path, 1, 1) if event is None else _place(event, path)
        return CarveError(message, where=where, instead=instead)


def _place(event: yaml.Event, path: str) -> Place:
    mark = event.start_mark
    return Place(path) if mark is None else Place(path, mark.line + 1, mark.column + 1)


def _place_at(text: str, index: int, path: str) -> Place:
    lines = re.split("\r\n|\r|\n", text[:index])
    return Place(path, len(lines), len(lines[-1]) + 1)
