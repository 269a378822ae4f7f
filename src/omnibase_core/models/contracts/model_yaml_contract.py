"""Contracts that can be written as YAML text and read back."""

from typing import Self

import yaml
from pydantic import ValidationError

from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.utils.validation_error import validation_error


class ModelYamlContract(ModelContractBase):
    """Base of the contracts that have a YAML form of their own."""

    def to_yaml(self) -> str:
        """Return the contract as YAML text."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)

    @classmethod
    def from_yaml(cls, yaml_content: str) -> Self:
        """Return the contract in a YAML text, or raise VALIDATION_ERROR whatever went wrong."""
        try:
            data = yaml.safe_load(yaml_content)
            return cls.model_validate({} if data is None else data)
        except ValidationError as error:
            raise validation_error(f"Contract validation failed: {error}") from error
        except yaml.YAMLError as error:
            raise validation_error(f"YAML parsing error: {error}") from error
        except Exception as error:
            raise validation_error(f"Failed to load contract YAML: {error}") from error
