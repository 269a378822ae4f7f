"""Plain values on their way into operation data and metadata."""

import datetime as dt
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import pytest
from scenarios.effect.conftest import OPERATION

VALUES = {
    "text": "a",
    "empty_text": "",
    "null_text": "null",
    "whole_number": 7,
    "big_number": 2**53 + 1,
    "fraction": 0.5,
    "true": True,
    "false": False,
    "none": None,
    "dict": {"a": [1, None]},
    "list": [1, "two"],
    "tuple": (1, 2),
    "id": OPERATION,
    "path": PurePosixPath("a/b.txt"),
    "moment": dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
    "decimal": Decimal("1.50"),
    "bytes": b"raw",
    "type": int,
}


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_wraps(subject: Any, pinned: Any, value: Any) -> None:
    """Odd but relied on: None is the text `null`, whatever has a structure becomes its text."""
    pinned.check(pinned.observe(lambda: subject.named("_convert_to_scalar_dict")({"it": value})))


def test_wraps_all(subject: Any, pinned: Any) -> None:
    """Names and their order are kept; the mapping handed over is left alone."""
    data = {"b": 1, "a": None, "c": {}}
    seen = pinned.observe(lambda: subject.named("_convert_to_scalar_dict")(data))
    seen["order"] = list(seen.value)
    seen["data"] = data
    seen["empty"] = subject.named("_convert_to_scalar_dict")({})
    pinned.check(seen)


def test_number_too_large(subject: Any, pinned: Any) -> None:
    """Odd but relied on: a huge whole number cannot be wrapped."""
    pinned.check(pinned.observe(lambda: subject.named("_convert_to_scalar_dict")({"it": 10**400})))


def test_already_wrapped(subject: Any, pinned: Any) -> None:
    """Odd but relied on: a wrapped value is wrapped once more, as its text."""
    once = subject.named("_convert_to_scalar_dict")({"it": 1})
    pinned.check(pinned.observe(lambda: subject.named("_convert_to_scalar_dict")(once)))
