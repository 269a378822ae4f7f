"""What is known about a node, however little that is."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.node_facts import metadata_block_of, semver_of, simple_node_name


class Clock:
    def __init__(self, **metadata: Any) -> None:
        self.metadata_loader = SimpleNamespace(metadata=SimpleNamespace(**metadata))


@pytest.mark.parametrize("text", ["1.2", "1.2.3.4", "1.2.x", "v1.2.3", "", "..", None, 1.2])
def test_only_three_numbers_are_a_version(text: object) -> None:
    assert semver_of(text) is None


def test_a_version_may_be_one_already() -> None:
    version = ModelSemVer(major=1, minor=2, patch=3)
    assert semver_of(version) is version
    assert semver_of("1.2.3") == version


def test_the_name_is_in_the_metadata_or_that_of_the_class() -> None:
    assert simple_node_name(Clock(name="tick")) == "tick"
    assert simple_node_name(Clock(name="")) == simple_node_name(object.__new__(Clock)) == "clock"


def test_a_block_is_made_of_what_is_known() -> None:
    own = uuid4()
    block = metadata_block_of(Clock(author="Ann", version="2.0.0"), own)
    assert (block.name, block.author, str(block.version)) == ("clock", "Ann", "2.0.0")
    assert block.uuid == str(own)
    assert block.namespace.value.endswith(".Clock")
