"""The facts of a node are complete and valid, or there are none."""

import pytest
from pydantic import ValidationError

from omnibase_core.mixins.mixin_node_introspection_data import MixinNodeIntrospectionData
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.primitives.model_semver import ModelSemVer

FACTS = {
    "node_name": "clock",
    "version": ModelSemVer(major=1, minor=2, patch=3),
    "capabilities": ModelNodeCapabilities(actions=["tell"]),
}


def test_tags_and_endpoint_may_be_absent() -> None:
    data = MixinNodeIntrospectionData.model_validate(FACTS)
    assert (data.tags, data.health_endpoint) == ([], None)


def test_capabilities_may_be_a_mapping() -> None:
    able = {"actions": ["tell"], "protocols": ["http"], "metadata": {"author": "A"}}
    data = MixinNodeIntrospectionData.model_validate(FACTS | {"capabilities": able})
    assert data.capabilities.model_dump() == able


def test_two_nodes_do_not_share_their_tags() -> None:
    first = MixinNodeIntrospectionData.model_validate(FACTS)
    first.tags.append("x")
    assert MixinNodeIntrospectionData.model_validate(FACTS).tags == []


@pytest.mark.parametrize("missing", sorted(FACTS))
def test_the_rest_is_required(missing: str) -> None:
    facts = {name: value for name, value in FACTS.items() if name != missing}
    with pytest.raises(ValidationError, match=missing):
        MixinNodeIntrospectionData.model_validate(facts)


def test_a_version_is_not_a_text() -> None:
    with pytest.raises(ValidationError, match="version"):
        MixinNodeIntrospectionData.model_validate(FACTS | {"version": "1.2.3"})


def test_unknown_facts_are_refused() -> None:
    with pytest.raises(ValidationError, match="owner"):
        MixinNodeIntrospectionData.model_validate(FACTS | {"owner": "me"})
