"""The order of classes is that of Python, and where there is none the reason is said."""

import enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnibase_core.discovery.linearisation import ImpossibleOrder, linearise, why_impossible


class A: ...


class B: ...


class AB(A, B): ...


class BA(B, A): ...


class Derived(A): ...


def test_a_derived_class_after_its_base_is_explained() -> None:
    with pytest.raises(ImpossibleOrder, match="no order") as caught:
        linearise([A, Derived])
    assert str(caught.value) == (
        "there is no order of the classes: "
        "A before Derived (the bases are listed in this order) and "
        "Derived before A (it is derived from A); list Derived before A"
    )


def test_bases_that_disagree_are_explained() -> None:
    assert why_impossible([AB, BA]) == (
        "there is no order of the classes: "
        "A before B (AB inherits in this order) and B before A (BA inherits in this order)"
    )


def test_a_repeated_base_is_explained() -> None:
    assert why_impossible([A, B, A]) == "A is listed 2 times; list it once"


def test_metaclasses_that_disagree_are_explained() -> None:
    class Meta(type): ...

    class Made(metaclass=Meta): ...

    why = why_impossible([Made, enum.Enum])
    assert why
    assert "Made is made by Meta, Enum is made by EnumType" in why


@given(st.lists(st.lists(st.integers(0, 9), max_size=3, unique=True), min_size=1, max_size=9))
def test_the_order_is_that_of_python(shape: list[list[int]]) -> None:
    made: list[type[Any]] = [type("C", (), {})]
    for indices in shape:
        bases = tuple(made[index % len(made)] for index in indices)
        try:
            python = type("C", bases, {})
        except TypeError:
            assert why_impossible(bases)
            continue
        assert linearise(bases) == list(python.__mro__[1:]) or not bases
        made.append(python)
