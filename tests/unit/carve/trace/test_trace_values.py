"""Values become plain data by their types alone; what is new in every run is masked."""

import datetime as dt
import enum
import io
import json
import re
import time
import uuid
from array import array
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any
from unittest import mock
from xml.etree.ElementTree import Element

import pytest

from carve.trace.recorder.names import callable_name
from carve.trace.recorder.outlines import Outlines
from carve.trace.recorder.texts import Texts
from carve.trace.recorder.values import Values


class _Colour(enum.Enum):
    RED = 1


@dataclass(slots=True)
class _Point:
    x: int
    y: Any = None


class _Hostile:
    def __init__(self) -> None:
        self.inner = 1

    def __repr__(self) -> str:
        raise AssertionError

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)

    __str__ = __eq__ = __hash__ = __len__ = __iter__ = __repr__  # type: ignore[assignment]


class _Words(str):
    __slots__ = ()

    def __str__(self) -> str:
        raise AssertionError


class _Traced:
    pass


def plain(value: Any) -> Any:
    return Values(Texts({"/base/tree": "<tree>"}), lambda cls: cls is _Traced).plain(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ([1, "a", None, True, 0.1], [1, "a", None, True, 0.1]),
        ((1, {"k": b"x"}), {"(tuple)": [1, {"k": {"(bytes)": "x"}}]}),
        ({3, 1, 2}, {"(set)": [1, 2, 3]}),
        ({1: 2}, {"(dict)": [[1, 2]]}),
        (OrderedDict(b=1, a=2), {"(OrderedDict)": {"b": 1, "a": 2}}),
        (defaultdict(list, a=[1]), {"(defaultdict)": {"a": [1]}}),
        (_Colour.RED, "_Colour.RED"),
        (_Point(1), {"(_Point)": {"x": 1, "y": None}}),
        (ValueError("no"), {"(ValueError)": {"args": {"(tuple)": ["no"]}}}),
        (Path("/base/tree/x"), {"(path)": "<tree>/x"}),
        (Decimal("1.50"), "<Decimal 1.50>"),
        (dt.datetime(2020, 1, 2, tzinfo=dt.UTC), "<datetime 2020-01-02T00:00:00 UTC>"),
        (_Traced(), "<_Traced>"),
        (_Point, "<class _Point>"),
        (_Hostile.__init__, "<function __init__>"),
        (mock.Mock(name="clock").time, "<mock clock.time>"),
        (float("inf"), "<float inf>"),
    ],
)
def test_a_value_says_what_it_is(value: Any, shown: Any) -> None:
    assert plain(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (array("i", [1, 2]), "hash"),
        (re.compile("a+", re.IGNORECASE), "{'pattern': 'a+', 'flags': 34}"),
        (re.match("(a)b", "abc"), "{'string': 'abc', 'regs': "),
        (partial(int, base=2), "{'func': '<class int>', 'args'"),
        (MappingProxyType({"a": 1}), "{'of': {'a': 1}}"),
        ({"a": 1}.keys(), "{'of': {'a': 1}}"),
        (io.StringIO("words"), "{'value': 'words', 'at': 0}"),
        (Element("a", {"b": "c"}), "{'tag': 'a', 'attrib': {'b': 'c'}"),
        (1 << 5000, ", 5001 bits>"),
    ],
    ids=range(9),
)
def test_what_is_kept_in_c_is_told_by_what_it_holds(value: Any, shown: str) -> None:
    assert shown in str(plain(value))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (array("i", [1, 2]), array("i", [1, 3])),
        (dt.datetime(2020, 1, 2, tzinfo=dt.UTC), dt.datetime(2020, 1, 2)),  # noqa: DTZ001 - meant
        (partial(int, base=2), partial(int, base=8)),
        (b"x" * 4_000_000, b"x" * 4_000_001),
        ("x" * 4_000_000 + "y", "x" * 4_000_000 + "z"),
        (1 << 5000, (1 << 5000) + 1),
    ],
    ids=range(6),
)
def test_a_difference_in_what_is_kept_in_c_shows(one: Any, other: Any) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    "value",
    [
        b"x" * 4_000_000,
        "x" * 4_000_000,
        dict.fromkeys(range(100_000)),
        {str(n): [n] * 50 for n in range(100)},
        1 << 4_000_000,
        array("d", range(300_000)),
    ],
    ids=range(6),
)
def test_what_is_told_of_a_large_value_is_small(value: Any) -> None:
    assert len(json.dumps(plain(value))) < 20_000


def test_each_value_of_a_test_gets_less_when_there_are_many() -> None:
    values = Values(Texts({}), lambda _: False)
    value = [[n] * 30 for n in range(30)]
    first = values.plain(value)
    for _ in range(400):
        last = values.plain(value)
    assert len(str(last)) < len(str(first)) / 10
    values.forget()
    assert values.plain(value) == first


def test_attributes_have_the_order_of_their_instance() -> None:
    one = SimpleNamespace(b=[1, 2], a=1)
    assert list(Values(Texts({}), lambda _: False).state(one)) == ["b", "a"]


def test_an_outline_tells_what_has_changed_since_it_was_asked() -> None:
    one = SimpleNamespace(b=[1, 2], a=1, same="x", flag=1, colour=_Colour.RED)
    outlines = Outlines(plain)
    assert outlines.changed(one) == {}  # nobody has begun
    outlines.begin(one)
    assert outlines.changed(one) == {}
    one.b.append(3)
    one.flag, one.new = True, 2.0
    del one.a
    told = {"b": "<list of 3>", "flag": True, "new": 2.0, "a": "<unset>"}
    assert outlines.changed(one) == told
    assert outlines.changed(one) == {}
    outlines.end(one)
    one.new = 1
    assert outlines.changed(one) == {}


class _Inner:
    def __init__(self, size: int, parent: Any = None) -> None:
        self.parts = [_Point(n, {"a": [n, n]}) for n in range(size)]
        self.parent = parent


def test_a_set_is_told_by_what_its_members_hold_and_not_by_their_addresses() -> None:
    orders = [[9, 3, 5, 7], [5, 7, 9, 3], [7, 5, 3, 9]]
    first, *others = [plain({_Inner(n) for n in order}) for order in orders]
    assert all(each == first for each in others)
    assert first != plain({_Inner(n) for n in (9, 3, 5, 8)})


def test_a_set_in_its_own_member_ends() -> None:
    parent = SimpleNamespace()
    parent.inner = {_Inner(1, parent), _Inner(2, parent)}
    assert "<cycle SimpleNamespace>" in str(plain(parent))


def test_of_a_large_set_every_member_counts() -> None:
    def told(last: int) -> Any:
        return plain({_Inner(0, n) for n in [*range(60), last]})

    assert told(61) == told(61)
    assert told(61) != told(62)
    assert told(61)["(set)"][-1].startswith("<61 in all, ")
    assert plain({_Inner(1) for _ in range(500)}) == {"(set)": ["<500 in all, of _Inner>"]}


def test_ids_in_a_set_are_numbered_by_no_chance() -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    assert plain([{one, two}, two, {two}]) == [
        *({"(set)": ["<id>", "<id>"]}, "<id 1>", {"(set)": ["<id 1>"]}),
    ]


def test_keys_that_look_alike_once_masked_are_all_told() -> None:
    shown = plain({"tmpabcdefgh": 1, "tmpabcdefgi": 2})
    assert shown == {"<temporary name>": 1, "<temporary name>'": 2}


def test_one_place_that_shows_much_leaves_enough_for_the_others() -> None:
    values = Values(Texts({}), lambda _: False)
    value = [[n] * 30 for n in range(30)]
    first = values.plain(value, "often")
    for _ in range(50):
        last = values.plain(value, "often")
    assert len(str(last)) < len(str(first)) / 10
    assert values.plain(value, "seldom") == first


def test_no_code_of_a_value_is_run() -> None:
    assert plain(_Hostile()) == {"(_Hostile)": {"inner": 1}}
    assert plain(_Words("w")) == "w"
    assert plain(mock.Mock(spec=str, name="text")) == "<mock text>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (time.time(), "<clock>"),
        (-time.time(), "<clock>"),
        (time.time_ns(), "<clock>"),
        (dt.datetime.now(tz=dt.UTC), "<clock UTC>"),
        (f"at {dt.datetime.now(tz=dt.UTC).isoformat()}!", "at <clock>!"),
        ("<x.Y object at 0x7f0011223344>", "<x.Y object at 0x...>"),
        ("tmpab12_xyz/f in /base/tree/f", "<temporary name>/f in <tree>/f"),
        ("http://127.0.0.1:45123/x", "http://127.0.0.1:<port>/x"),
        ("2020-01-01 10:00:00", "2020-01-01 10:00:00"),
        ("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
    ],
    # Named by place: values of the clock would name the tests anew in every collection.
    ids=range(10),
)
def test_what_is_new_in_every_run_is_masked(value: Any, shown: Any) -> None:
    assert plain(value) == shown


def test_ids_are_numbered_so_that_the_same_one_is_seen_again() -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    assert plain([one, str(two), one.hex]) == ["<id 1>", "<id 2>", "<id 1>"]


def test_large_and_cyclic_values_end() -> None:
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    assert plain(cyclic) == ["<cycle list>"]
    assert plain(list(range(100)))[-1] == "<100 in all>"
    deep: Any = 1
    for _ in range(9):
        deep = [deep]
    assert "<list, deeper>" in str(plain(deep))
    long = plain("x" * 999)
    assert len(long) < 500
    assert long != plain("x" * 998 + "y")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (len, "len"),
        (time.time, "time.time"),
        ([].append, "list.append"),
        (dt.datetime, "datetime.datetime"),
        (plain, "plain"),
        (_Point, "_Point"),
        (mock.Mock(name="m").get().post, "mock m.get().post"),
        (mock.create_autospec(plain), "mock plain"),
    ],
)
def test_what_is_called_has_a_name_that_stays_when_it_moves(value: Any, name: str) -> None:
    assert callable_name(value, str(Path(__file__).parent)) == name
