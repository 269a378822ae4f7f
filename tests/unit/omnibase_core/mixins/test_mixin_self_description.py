"""A node that cannot tell one thing about itself tells the others."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.mixins.mixin_self_description import MixinSelfDescription


class Host(MixinSelfDescription):
    """Fills in every hook; all of them fail while `broken` says why."""

    node_label = "shelf"
    work_label = "stacking"

    def __init__(self, broken: str = "") -> None:
        self.node_id = uuid4()
        self.broken = broken

    def _tell(self, **facts: Any) -> dict[str, Any]:
        self._accept_probe()
        return facts

    def _describe(self) -> dict[str, Any]:
        return self._tell(height=3)

    def _describe_briefly(self, e: Any) -> dict[str, Any]:
        return {"why": str(e)}

    def _accept_probe(self) -> None:
        if self.broken:
            raise ValueError(self.broken)

    def _collect_metrics(self) -> dict[str, Any]:
        return self._tell(stacked=9)

    def _count_resources(self) -> dict[str, Any]:
        return self._tell(boards=4)


def test_a_node_in_order_tells_what_its_parts_say() -> None:
    host = Host()
    assert asyncio.run(host.get_introspection_data()) == {"height": 3}
    assert host._get_health_status() == "healthy"
    assert host._get_metrics_sync() == {"stacked": 9}
    assert host._get_resource_usage() == {"boards": 4}


def test_a_broken_node_tells_that_much() -> None:
    host = Host("a board is loose")
    assert asyncio.run(host.get_introspection_data()) == {"why": "a board is loose"}
    assert host._get_health_status() == "unhealthy"
    assert host._get_metrics_sync() == {"status": "unknown", "error": "a board is loose"}
    assert host._get_resource_usage() == {"status": "unknown"}


def test_what_went_wrong_is_logged_by_the_labels_of_the_node(
    caplog: pytest.LogCaptureFixture,
) -> None:
    host = Host("a board is loose")
    with caplog.at_level("WARNING", logger="omnibase"):
        asyncio.run(host.get_introspection_data())
        host._get_metrics_sync()
        host._get_resource_usage()
    whole, metrics, resources = caplog.messages
    assert "full shelf introspection data: a board is loose" in whole
    assert "stacking metrics: a board is loose" in metrics
    assert "shelf resource usage: a board is loose" in resources
    assert str(host.node_id) in whole


def test_a_host_decides_how_it_is_called_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Named(Host):
        def _shown_node_id(self) -> Any:
            return "the top shelf"

    with caplog.at_level("WARNING", logger="omnibase"):
        Named("a board is loose")._get_metrics_sync()
    assert '"node_id": "the top shelf"' in caplog.text
