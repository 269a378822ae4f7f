"""YAML becomes a model, or one error type that tells why not."""

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError, field_validator

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.core.model_generic_yaml import ModelGenericYaml
from omnibase_core.utils.safe_yaml_loader import (
    load_and_validate_yaml_model,
    load_yaml_content_as_model,
)


class Size(BaseModel):
    size: int = 1

    @field_validator("size")
    @classmethod
    def small(cls, value: int) -> int:
        if value > 9:
            raise ModelOnexError("too big")
        return value


def file(folder: Path, text: str) -> Path:
    path = folder / "size.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "size"), [("size: 3", 3), ("", 1), ("# only a comment", 1)])
def test_files_and_texts_become_models(tmp_path: Path, text: str, size: int) -> None:
    assert load_and_validate_yaml_model(file(tmp_path, text), Size).size == size
    assert load_yaml_content_as_model(text, Size).size == size


@pytest.mark.parametrize(
    ("text", "code", "start", "cause"),
    [
        ("size: x", "VALIDATION_ERROR", "YAML validation error for {path}: 1 v", ValidationError),
        ("size: [", "CONVERSION_ERROR", "YAML parsing error for {path}: while", yaml.YAMLError),
        (
            "size: 10",
            "INTERNAL_ERROR",
            "Failed to load or validate YAML: {path}: too big",
            ModelOnexError,
        ),
    ],
)
def test_a_bad_file_is_reported(
    tmp_path: Path, text: str, code: str, start: str, cause: type[Exception]
) -> None:
    path = file(tmp_path, text)
    with pytest.raises(ModelOnexError, match="YAML") as caught:
        load_and_validate_yaml_model(path, Size)
    error = caught.value
    assert error.error_code is EnumCoreErrorCode[code]
    assert error.message.startswith(start.format(path=path))
    extra = error.context["additional_context"]
    assert list(extra) == ["details", "cause"]
    assert isinstance(extra["cause"], cause)
    assert extra["details"].to_simple_context() == {
        "operation": "load_and_validate_yaml_model",
        "path": str(path),
    }
    assert error.__cause__ is None
    assert error.__context__ is extra["cause"]


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(ModelOnexError, match="YAML file not found: ") as caught:
        load_and_validate_yaml_model(path, Size)
    assert caught.value.error_code is EnumCoreErrorCode.NOT_FOUND
    assert caught.value.message == f"YAML file not found: {path}"


def test_a_folder_or_foreign_bytes_are_internal_errors(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9")
    for path in (tmp_path, tmp_path / "latin.yaml"):
        with pytest.raises(ModelOnexError, match="Failed to load or validate YAML: ") as caught:
            load_and_validate_yaml_model(path, Size)
        assert caught.value.error_code is EnumCoreErrorCode.INTERNAL_ERROR


def test_braces_in_a_path_are_just_text(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"not found: .*\{e\}\.yaml"):
        load_and_validate_yaml_model(tmp_path / "{e}.yaml", Size)


def test_a_root_list_does_not_fit_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match="YAML validation error for"):
        load_and_validate_yaml_model(file(tmp_path, "- 1"), ModelGenericYaml)


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("size: x", "VALIDATION_ERROR", "YAML validation error: 1 v"),
        ("size: [", "CONVERSION_ERROR", "YAML parsing error: while"),
        ("size: 10", "INTERNAL_ERROR", "Failed to load or validate YAML content: too big"),
    ],
)
def test_a_bad_text_is_reported(text: str, code: str, start: str) -> None:
    with pytest.raises(ModelOnexError, match="YAML") as caught:
        load_yaml_content_as_model(text, Size)
    error = caught.value
    assert error.error_code is EnumCoreErrorCode[code]
    assert error.message.startswith(start)
    details = error.context["additional_context"]["details"]
    assert details.to_simple_context() == {"operation": "load_yaml_content_as_model"}
