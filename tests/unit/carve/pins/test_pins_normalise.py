"""Observations become plain, reproducible data."""

import asyncio
import dataclasses
import datetime as dt
import enum
import functools
import random
from collections import OrderedDict, deque
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from carve.pins.normalise import RULES, normalise
from carve.pins.store import canonical


def plain(value: Any, **roots: str) -> Any:
    return normalise({"it": value}, roots=roots).data["it"]


class Fruit(enum.Enum):
    PEAR = "pear"


class Text(enum.StrEnum):
    SHORT = "short"


class Basket(BaseModel, extra="allow"):
    owner: UUID
    count: int = 0


@dataclasses.dataclass
class Point:
    y: int
    x: int


class Strange:
    def method(self) -> None: ...


def test_ids_are_numbered_by_appearance_and_keep_their_identity() -> None:
    first, second = uuid4(), uuid4()
    value = [second, first, f"key:{second}:{first.hex}", {first: str(second).upper()}]
    assert plain(value) == [
        "<id 1>",
        "<id 2>",
        "key:<id 1>:<id 2>",
        {"<id 2>": "<id 1>"},
    ]
    assert plain(first.hex) == first.hex  # might be a checksum


def test_ids_in_sets_are_told_apart_by_where_else_they_are() -> None:
    texts = set()
    for _ in range(20):
        shared, left, right = uuid4(), uuid4(), uuid4()
        value = {"a": {shared, left}, "b": {shared, right}, "c": [right]}
        texts.add(canonical(normalise({"it": value}).data))
    assert len(texts) == 1


def test_kinds_that_yaml_would_make_equal_are_kept_apart() -> None:
    @functools.wraps(Strange.method)
    def wrapped() -> None: ...

    async def later() -> None: ...

    value = {
        "tuple": (1, 2),
        "set": {3, 1},
        "deque": deque([1]),
        "ordered": OrderedDict(b=1, a=2),
        "bytes": b"ab",
        "raw": b"\xff\x00",
        "nan": [float("nan"), float("-inf"), -0.0],
        "enum": [Fruit.PEAR, Text.SHORT],
        "when": dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
        "long": dt.timedelta(seconds=90),
        "decimal": Decimal("1.10"),
        "callables": [Strange().method, wrapped, functools.partial(Strange.method), len],
        "class": Strange,
        "object": Strange(),
        "coroutine": later(),
        "dataclass": Point(1, 2),
        "keys": {1: "a", "1": "b", None: "c", (1, "x"): "d", "(set)": "e"},
    }
    assert plain(value) == {
        "tuple": {"(tuple)": [1, 2]},
        "set": {"(set)": [1, 3]},
        "deque": {"(deque)": [1]},
        "ordered": {"(OrderedDict)": {"a": 2, "b": 1}},
        "bytes": {"(bytes)": "ab"},
        "raw": {"(bytes)": "<hex ff 00>"},
        "nan": ["<float nan>", "<float -inf>", 0.0],
        "enum": ["Fruit.PEAR", "Text.SHORT"],
        "when": "2024-01-02T00:00:00+00:00",
        "long": "<timedelta 90 s>",
        "decimal": "<Decimal 1.10>",
        "callables": [
            "<callable method>",
            "<callable method>",
            "<partial method>",
            "<callable len>",
        ],
        "class": "<class Strange>",
        "object": "<Strange>",
        "coroutine": "<coroutine later>",
        "dataclass": {"(Point)": {"x": 2, "y": 1}},
        "keys": {
            "<int 1>": "a",
            "1": "b",
            "<NoneType None>": "c",
            "<tuple {'(tuple)': [1, 'x']}>": "d",
            "\\(set)": "e",
        },
    }


def test_models_errors_and_cycles() -> None:
    owner = uuid4()
    loop: list[Any] = []
    loop.append(loop)
    try:
        try:
            Basket.model_validate({"owner": "nobody"})
        except ValidationError as error:
            raise LookupError(f"no basket of {owner}") from error
    except LookupError as error:
        raised = plain(error)
    assert raised["message"] == "no basket of <id 1>"
    assert raised["cause"]["errors"] == [{"loc": ["owner"], "type": "uuid_parsing"}]
    assert "errors.pydantic.dev/<version>/" in raised["cause"]["message"]
    assert plain(Basket.model_validate({"owner": owner, "extra": 1})) == {
        "(Basket)": {"count": 0, "extra": 1, "owner": "<id 1>"}
    }
    assert plain(loop) == ["<cycle list>"]


def test_text_that_differs_without_meaning_is_masked_and_counted(tmp_path: Path) -> None:
    async def later() -> None: ...

    pending = later()
    frames = '  File "a.py", line 3, in f\n    f()\n    ~^^\n'
    trace = f"Traceback (most recent call last):\n{frames}OSError: no"
    value = [
        repr(Strange()),
        f"{tmp_path}/a.txt and {tmp_path}x",
        trace,
        "Till.pay() missing 1 required positional argument: 'amount'",
        "f() got an unexpected keyword argument 'a'. Did you mean 'b'?",
        "Can't instantiate abstract class A with abstract method go",
        "Can't instantiate abstract class A without an implementation for abstract method 'go'",
        "ThreadPoolExecutor-12_0 Task-77 tmpab12_9yz",
        repr(pending),
        0.1 + 0.2,
        99.99990463,
    ]
    pending.close()
    found = normalise({"it": value}, roots={str(tmp_path): "<scratch>"})
    assert found.data["it"] == [
        "<test_pins_normalise.Strange object at <address>>",
        f"<scratch>/a.txt and {tmp_path}x",
        "Traceback: <frames>\nOSError: no",
        "pay() missing 1 required positional argument: 'amount'",
        "f() got an unexpected keyword argument 'a'",
        "Can't instantiate abstract class A: go",
        "Can't instantiate abstract class A: go",
        "ThreadPoolExecutor-<n>_0 Task-<n> <temporary name>",
        "<coroutine object later at <address>>",
        0.3,
        100.0,
    ]
    assert found.masked["traceback"] == 1
    assert found.masked["address"] == 2
    assert set(found.masked) <= {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_futures_do_not_show_their_loop() -> None:
    loop = asyncio.new_event_loop()
    assert plain(loop.create_future()) == "<Future>"
    loop.close()


_IDS = [UUID(int=number + (1 << 100)) for number in range(4)]
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(_IDS)
    | st.sampled_from(_IDS).map(lambda one: f"see {one}!")
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=4)
        | st.tuples(inner, inner)
        | st.frozensets(st.sampled_from(_IDS) | st.text(max_size=2), max_size=4)
    ),
    max_leaves=12,
)


def _other_run(tree: Any, fresh: dict[UUID, UUID], chance: random.Random) -> Any:
    """The same tree as another run would have it: other ids, other order of keys."""
    if isinstance(tree, UUID):
        return fresh[tree]
    if isinstance(tree, str):
        for old, new in fresh.items():
            tree = tree.replace(str(old), str(new))
        return tree
    if isinstance(tree, dict):
        pairs = [(key, _other_run(value, fresh, chance)) for key, value in tree.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    if isinstance(tree, list | tuple | frozenset):
        return type(tree)(_other_run(each, fresh, chance) for each in tree)
    return tree


@settings(max_examples=150, deadline=None)
@given(tree=_TREES, seed=st.integers(0, 99))
def test_the_same_observation_of_another_run_is_the_same_text(tree: Any, seed: int) -> None:
    fresh = {one: uuid4() for one in _IDS}
    other = _other_run(tree, fresh, random.Random(seed))  # noqa: S311 - an order
    first, second = (canonical(normalise({"it": each}).data) for each in (tree, other))
    assert first == second
    assert yaml.safe_load(first) == normalise({"it": tree}).data


@given(ids=st.lists(st.sampled_from(_IDS), min_size=1))
def test_identity_is_kept(ids: list[UUID]) -> None:
    shown = plain(ids)
    assert [shown.index(each) for each in shown] == [ids.index(each) for each in ids]


@pytest.mark.parametrize(
    "text",
    ["a\nb\n", " lead\n x", "tail \nx", "\u2028\n\x85", "\x07\n", "no\n\n", "é\nü", "\ud800"],
)
def test_any_text_survives_the_file(text: str) -> None:
    data = normalise({"text": text}).data
    assert yaml.safe_load(canonical(data)) == data
