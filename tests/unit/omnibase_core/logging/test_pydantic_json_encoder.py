"""The encoder knows models, UUIDs and objects with `to_dict`."""

import json
from uuid import UUID

import pytest
from pydantic import BaseModel

from omnibase_core.logging.pydantic_json_encoder import PydanticJSONEncoder


class Holder(BaseModel):
    id: UUID


class Described:
    def to_dict(self) -> dict[str, object]:
        return {"inner": Holder(id=UUID(int=2))}


def encode(value: object) -> object:
    return json.loads(json.dumps(value, cls=PydanticJSONEncoder))


def test_models_and_uuids_are_encoded_at_any_depth() -> None:
    assert encode({"a": [Holder(id=UUID(int=1))]}) == {"a": [{"id": str(UUID(int=1))}]}


def test_to_dict_is_used_and_encoded_in_turn() -> None:
    assert encode(Described()) == {"inner": {"id": str(UUID(int=2))}}


def test_everything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="Object of type set is not JSON serializable"):
        encode({1, 2})
