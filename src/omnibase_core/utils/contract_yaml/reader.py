"""Read a YAML text into a tree, from the parser's events.

Composed nodes of PyYAML no longer tell whether a tag was written, and they follow aliases
however much these stand for.
"""

import re
from collections.abc import Iterator
from typing import Final, NoReturn

import yaml

from omnibase_core.utils.contract_yaml.limits import Limits
from omnibase_core.utils.contract_yaml.nodes import Entry, Node, make_node
from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.problems import Problem, refusal
from omnibase_core.utils.contract_yaml.scalars import Scalar, convert
from omnibase_core.utils.contract_yaml.syntax import explain

__all__ = ["compose"]

_YAML_1_2: Final = (1, 2)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def compose(text: str, path: str, limits: Limits, events: Iterator[yaml.Event]) -> Node:
    """Return the tree of `text`, whose `events` a parser finds; all problems are one error."""
    reader = _Reader(path, limits, events)
    try:
        node = reader.document()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        reader.problems.append(explain(error, text, path))
        raise refusal(reader.problems) from None
    if reader.problems:
        raise refusal(reader.problems)
    return node


class _Reader:
    """Builds the tree of one document."""

    def __init__(self, path: str, limits: Limits, events: Iterator[yaml.Event]) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._limits = limits
        self._events = events
        self._size = 0
        # While a node is being built, its anchor stands for nothing.
        self._anchors: dict[str, Node | None] = {}

    def document(self) -> Node:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            self._stop(Place(self._path), "the document is empty", "write the contract")
        self._check_directives(start)
        node = self._value(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            what = "a second document begins here, and one file holds one"
            self._stop(self._place(after), what, "give each document its own file")
        return node

    def _check_directives(self, start: yaml.Event) -> None:
        if getattr(start, "version", None) not in (None, _YAML_1_2):
            what = "a document is read as YAML 1.2, and it declares another version"
            self._object(start, what, "remove the directive")
        if getattr(start, "tags", None):
            self._object(start, "tags are not read, and here some are declared", "remove %TAG")

    def _value(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        self._count(event, 1, depth)
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag is not None:
            self._object(event, f"tags are not read, and here is {tag!r}", "remove the tag")
        if anchor is not None:
            self._anchors[anchor] = None
        node = self._built(event, depth)
        if anchor is not None:
            self._anchors[anchor] = node
        return node

    def _built(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.MappingStartEvent):
            return make_node(place, self._entries(depth))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, depth + 1))
            return make_node(place, tuple(items))
        return Node(place, self._scalar(event))

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, place = self._key(event, depth), self._place(event)
            if key in entries:
                what = f"the key {key!r} stands twice, in lines {entries[key].key.line} and "
                self._object(event, f"{what}{place.line}", "keep one of them")
            event = next(self._events)
            node = self._value(event, depth + 1)
            if node.content is None and _is_empty(event):
                node = node.at(place)  # the parsers disagree about where nothing stands
            if key is not None and key not in entries:
                entries[key] = Entry(place, node)
        return entries

    def _key(self, event: yaml.Event, depth: int) -> str | None:
        key = self._value(event, depth + 1).content
        if isinstance(event, yaml.ScalarEvent) and not event.style and key == "<<":
            what = "the merge key << is not part of YAML 1.2"
            self._object(event, what, "write the keys out, or refer to them with $ref")
            return None
        if isinstance(key, str):
            return key
        self._object(event, "a key has to be text", "put it in quotes, or name a key")
        return None

    def _scalar(self, event: yaml.Event) -> Scalar:
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if odd := _SURROGATE.search(text):
            what = f"U+{ord(odd[0]):04X} is half a character"
            self._object(event, what, "write the whole one, as in \\U0001F600")
            return ""
        if getattr(event, "style", None):
            return text
        try:
            return convert(text)
        except ValueError as error:
            self._object(event, str(error), "shorten it, or put it in quotes if it is text")
            return None

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        name = event.anchor
        if name not in self._anchors:
            what = f"the alias *{name} stands for nothing"
            self._stop(self._place(event), what, f"write &{name} before it, or put it in quotes")
        node = self._anchors[name]
        if node is None:
            what = f"the alias *{name} stands in what it stands for"
            self._stop(self._place(event), what, "write the value out")
        self._count(event, node.size, depth + node.height - 1)
        return node.at(self._place(event))

    def _count(self, event: yaml.Event, size: int, depth: int) -> None:
        self._size += size
        if self._size > self._limits.nodes:
            what = f"the document grows beyond {self._limits.nodes} values here"
            self._stop(self._place(event), what, "divide it, or use fewer aliases")
        if depth > self._limits.depth:
            what = f"this is nested deeper than {self._limits.depth} levels"
            self._stop(self._place(event), what, "make it flatter")

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (
            Place(self._path)
            if mark is None
            else Place(self._path, mark.line + 1, mark.column + 1)
        )

    def _object(self, event: yaml.Event, what: str, instead: str) -> None:
        self.problems.append(Problem(self._place(event), what, instead))

    def _stop(self, place: Place, what: str, instead: str) -> NoReturn:
        raise refusal([*self.problems, Problem(place, what, instead)])


def _is_empty(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and not event.value
