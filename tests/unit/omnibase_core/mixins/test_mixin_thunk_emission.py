"""A thunk that is emitted waits where its workflow is looked for."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_workflow_execution import EnumThunkType
from omnibase_core.mixins.mixin_thunk_emission import MixinThunkEmission
from omnibase_core.models.orchestrator.model_thunk import ModelThunk


class Host(MixinThunkEmission):
    def __init__(self) -> None:
        super().__init__()
        self.node_id = uuid4()


def emit(host: Host, data: dict[str, Any] | None = None, **more: Any) -> ModelThunk:
    return asyncio.run(host.emit_thunk(EnumThunkType.EFFECT, "Store", data or {}, **more))


def test_a_thunk_says_who_wants_what_of_whom() -> None:
    host, before = Host(), uuid4()
    thunk = emit(host, {"shelf": 3}, dependencies=[before], priority=7, timeout_ms=500)
    assert (thunk.thunk_type, thunk.target_node_type) == (EnumThunkType.EFFECT, "Store")
    assert (thunk.operation_data, thunk.dependencies) == ({"shelf": 3}, [before])
    assert (thunk.priority, thunk.timeout_ms, thunk.retry_count) == (7, 500, 0)
    assert thunk.metadata["emitted_by"] == host.node_id


def test_thunks_wait_by_workflow_in_their_order() -> None:
    host, workflow = Host(), uuid4()
    first = emit(host, {"workflow_id": workflow})
    other = emit(host)
    second = emit(host, {"workflow_id": workflow})
    assert host.emitted_thunks == {workflow: [first, second], "default": [other]}


def test_each_thunk_has_an_id_of_its_own() -> None:
    host = Host()
    assert len({emit(host).thunk_id for _ in range(3)}) == 3


def test_a_thunk_that_is_refused_does_not_wait() -> None:
    host = Host()
    with pytest.raises(ValidationError, match="priority"):
        emit(host, priority=11)
    assert host.emitted_thunks == {}


def test_the_status_tells_the_switch_and_the_kinds() -> None:
    host = Host()
    host.thunk_emission_enabled = False
    host.max_thunk_queue_size = 3
    status = host._get_thunk_emission_status()
    assert (status["thunk_emission_enabled"], status["max_thunk_queue_size"]) == (False, 3)
    assert status["supported_thunk_types"] == [each.value for each in EnumThunkType]
