"""The metadata block: its order is a format, its entrypoint and namespace can be texts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.enums.enum_node_metadata_field import EnumNodeMetadataField
from omnibase_core.models.core.model_health_status import ModelHealthStatus
from omnibase_core.models.core.model_namespace import ModelNamespace
from omnibase_core.models.core.model_node_metadata_block import ModelNodeMetadataBlock

REQUIRED = {
    "name": "tool",
    "uuid": "11111111-2222-4333-8444-555555555555",
    "author": "somebody",
    "created_at": "2020-01-01T00:00:00Z",
    "last_modified_at": "2020-01-01T00:00:00Z",
    "hash": "0" * 64,
    "entrypoint": "python://tool.py",
    "namespace": "py://omnibase.tool",
}


def test_what_cannot_be_left_out_is_required() -> None:
    found = [
        name for name, field in ModelNodeMetadataBlock.model_fields.items() if field.is_required()
    ]
    assert sorted(found) == sorted(REQUIRED)


def test_the_order_of_the_fields_is_that_of_the_enum() -> None:
    fields = list(ModelNodeMetadataBlock.model_fields)
    assert len(fields) == 45
    assert [field.value for field in EnumNodeMetadataField] == [*fields[:39], "tools"]
    assert list(ModelNodeMetadataBlock.model_validate(REQUIRED).model_dump()) == fields


def test_the_defaults_are_those_of_a_fresh_tool() -> None:
    block = ModelNodeMetadataBlock.model_validate(REQUIRED)
    assert (block.metadata_version, str(block.version)) == ("0.1.0", "0.1.0")
    assert block.owner == block.copyright == "OmniNode Team"
    assert block.description == "Stamped by ONEX"
    assert block.state_contract == "state_contract://default"
    assert (block.lifecycle, block.meta_type) == ("active", "tool")
    assert (block.x_extensions, block.compliance_profiles) == ({}, [])
    assert block.VOLATILE_FIELDS == ("last_modified_at", "hash")


def test_an_entrypoint_is_read_in_both_forms_and_written_as_one() -> None:
    block = ModelNodeMetadataBlock.model_validate(REQUIRED)
    assert (block.entrypoint.type, block.entrypoint.target) == ("python", "tool.py")
    same = {**REQUIRED, "entrypoint": {"type": "python", "target": "tool.py"}}
    assert ModelNodeMetadataBlock.model_validate(same) == block
    assert block.model_dump()["entrypoint"] == "python://tool.py"
    assert ModelNodeMetadataBlock.model_validate(block.model_dump(mode="json")) == block


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("py://a.b", "python://a.b"),
        ({"value": "md://a"}, "markdown://a"),
        ("yml://a", "yaml://a"),
        ("python://py://a", "python://py://a"),
        ("py", "py"),
    ],
)
def test_the_scheme_of_a_namespace_is_spelt_out(given: Any, kept: str) -> None:
    assert str(ModelNamespace.model_validate(given)) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("uuid", "1"),
        ("hash", "g" * 64),
        ("hash", "0" * 63),
        ("metadata_version", "1.0"),
        ("entrypoint", "tool.py"),
        ("namespace", ""),
        ("lifecycle", "old"),
        ("license", ""),
    ],
)
def test_a_block_refuses(field: str, value: str) -> None:
    with pytest.raises(ValidationError, match=field):
        ModelNodeMetadataBlock.model_validate({**REQUIRED, field: value})


def test_a_health_status_keeps_its_time_as_text() -> None:
    now = ModelHealthStatus(status=EnumNodeHealthStatus.HEALTHY, message="fine")
    assert "T" in now.timestamp
    when = {"status": "critical", "message": "", "timestamp": "2020-01-01"}
    assert ModelHealthStatus.model_validate(when).timestamp == "2020-01-01"


def test_a_health_status_takes_a_datetime_and_details() -> None:
    status = ModelHealthStatus.model_validate(
        {
            "status": "degraded",
            "message": "slow",
            "timestamp": datetime(2020, 1, 1, tzinfo=UTC),
            "details": {"queue_depth": 3},
        }
    )
    assert status.timestamp == "2020-01-01T00:00:00+00:00"
    assert status.details is not None
    assert status.details.queue_depth == 3
