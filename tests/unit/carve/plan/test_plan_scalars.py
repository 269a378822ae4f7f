"""Unquoted scalars are read by the core rules of YAML 1.2."""

import math

import pytest

from carve.plan.scalars import Scalar, convert


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("NULL", None),
        ("true", True),
        ("FALSE", False),
        ("007", 7),
        ("-12", -12),
        ("0o17", 15),
        ("0xfF", 255),
        ("1.", 1.0),
        ("-.5e3", -500.0),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
    ],
)
def test_values(text: str, value: Scalar) -> None:
    found = convert(text)
    assert (found, type(found)) == (value, type(value))


def test_not_a_number() -> None:
    found = convert(".NaN")
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "nUll", "tRue", "1_000", "0b1", "1:30", "2001-01-01", "٣", ".", "e3", "+"],
)
def test_everything_else_is_text(text: str) -> None:
    assert convert(text) == text


def test_endless_numbers_do_not_fail() -> None:
    assert convert("9" * 5000) == math.inf
