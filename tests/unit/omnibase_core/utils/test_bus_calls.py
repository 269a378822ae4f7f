"""A call of a bus takes effect, whether or not the bus wants to be awaited."""

import asyncio
from types import SimpleNamespace

import pytest

from omnibase_core.utils.bus_calls import settled, unwrapped, value_of


async def late(taken: list[int]) -> str:
    await asyncio.sleep(0)
    taken.append(1)
    return "done"


async def failing() -> None:
    raise ConnectionError("gone")


def test_a_plain_answer_is_given_back() -> None:
    assert settled(7) == 7


def test_without_a_loop_a_coroutine_is_run_to_its_end() -> None:
    taken: list[int] = []
    assert settled(late(taken)) == "done"
    assert taken == [1]
    with pytest.raises(ConnectionError, match="gone"):
        settled(failing())


def test_in_a_loop_it_is_run_soon_and_an_error_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    taken: list[int] = []

    async def main() -> None:
        assert settled(late(taken)) is None
        assert settled(failing()) is None
        await asyncio.sleep(0.01)

    asyncio.run(main())
    assert taken == [1]
    assert "gone" in caplog.text


def test_values_of_objects_and_mappings_read_alike() -> None:
    assert value_of({"a": 1}, "a") == value_of(SimpleNamespace(a=1), "a") == 1
    assert value_of({}, "a") is value_of(None, "a") is None


def test_only_an_envelope_is_unwrapped() -> None:
    assert unwrapped(SimpleNamespace(payload=3)) == unwrapped({"payload": 3}) == 3
    assert unwrapped({"event_type": "x"}) == {"event_type": "x"}
