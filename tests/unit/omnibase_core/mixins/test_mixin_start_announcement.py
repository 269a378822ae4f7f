"""A node says once what it starts with."""

import asyncio
import json
from typing import Any

import pytest

from omnibase_core.mixins.mixin_start_announcement import MixinStartAnnouncement


class Host(MixinStartAnnouncement):
    node_class_name = "ShelfNode"
    boards = 4

    def _start_facts(self) -> Any:
        return {"boards": self.boards}


def announced(caplog: pytest.LogCaptureFixture, host: Host) -> dict[str, Any]:
    caplog.clear()
    with caplog.at_level("INFO", logger="omnibase"):
        asyncio.run(host._initialize_node_resources())
    [message] = caplog.messages
    event: dict[str, Any] = json.loads(message)
    return event


def test_the_class_and_its_facts_are_announced(caplog: pytest.LogCaptureFixture) -> None:
    event = announced(caplog, Host())
    assert event["message"] == "ShelfNode resources initialized"
    assert event["context"] == {"boards": 4}
    assert event["level"] == "info"


def test_facts_are_those_of_the_moment(caplog: pytest.LogCaptureFixture) -> None:
    host = Host()
    host.boards = 5
    assert announced(caplog, host)["context"] == {"boards": 5}


def test_facts_that_cannot_be_said_are_an_error() -> None:
    class Odd(Host):
        def _start_facts(self) -> Any:
            return {"boards": object()}

    with pytest.raises(TypeError, match="not JSON serializable"):
        asyncio.run(Odd()._initialize_node_resources())
