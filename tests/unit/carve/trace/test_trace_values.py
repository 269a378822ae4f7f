"""Values become plain data by their types alone; what is new in every run is masked."""

import datetime as dt
import enum
import time
import uuid
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from carve.trace.recorder.names import callable_name
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


def test_no_code_of_a_value_is_run() -> None:
    assert plain(_Hostile()) == {"(_Hostile)": {"inner": 1}}
    assert plain(_Words("w")) == "w"
    assert plain(mock.Mock(spec=str, name="text")) == "<mock text>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (time.time(), "<clock>"),
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
    ids=range(9),
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
