"""Signals are taken over where somebody acts on them, and are given back."""

import asyncio
import signal
from typing import Any

import pytest

from omnibase_core.infrastructure.shutdown_signals import ShutdownSignals

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def handlers() -> list[Any]:
    return [signal.getsignal(number) for number in SIGNALS]


@pytest.mark.parametrize("number", SIGNALS)
def test_each_signal_becomes_a_wish_and_even_an_error_gives_it_back(
    number: signal.Signals,
) -> None:
    wishes: list[str] = []

    async def fail() -> None:
        with ShutdownSignals(lambda: wishes.append("wish")):
            signal.raise_signal(number)
            signal.raise_signal(number)
            raise OSError("disk gone")

    async def live() -> None:
        before = handlers()
        with pytest.raises(OSError, match="disk gone"):
            await fail()
        assert handlers() == before

    asyncio.run(live())
    assert wishes == ["wish", "wish"]


def test_without_a_running_loop_nothing_changes() -> None:
    before = handlers()
    with ShutdownSignals(lambda: None):
        assert handlers() == before
    assert handlers() == before
