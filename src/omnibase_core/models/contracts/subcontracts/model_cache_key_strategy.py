"""How a cache names what it keeps."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelCacheKeyStrategy(ModelContractPart):
    """How keys are made."""

    key_generation_method: str = Field(min_length=1, description="How a key is made")
    namespace: str | None = Field(default=None, description="Prefix of every key")
    include_version: bool = Field(default=True, description="The version is part of the key")
    hash_algorithm: str = Field(default="sha256", description="Hash of composite keys")
    key_separator: str = Field(default=":", description="Stands between the parts")
    max_key_length: int = Field(default=250, ge=1, description="Longest key")
