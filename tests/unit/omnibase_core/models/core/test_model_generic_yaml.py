"""Any YAML document fits; a root list gets a field of its own."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml


def test_every_key_is_kept_behind_the_root_list() -> None:
    dump = ModelGenericYaml.from_yaml("b: 1\na: {c: [2]}").model_dump()
    assert list(dump.items()) == [("root_list", None), ("b", 1), ("a", {"c": [2]})]


def test_a_root_list_is_wrapped() -> None:
    assert ModelGenericYaml.from_yaml("- 1\n- 2").root_list == [1, 2]


def test_an_empty_text_is_an_empty_document() -> None:
    assert ModelGenericYaml.from_yaml("").model_dump() == {"root_list": None}


def test_broken_yaml_is_refused() -> None:
    with pytest.raises(ModelOnexError, match=r"VALIDATION_ERROR. Invalid YAML content: "):
        ModelGenericYaml.from_yaml("a: [1")


def test_a_bare_value_is_no_document() -> None:
    with pytest.raises(ValidationError, match="valid dictionary"):
        ModelGenericYaml.from_yaml("just text")
