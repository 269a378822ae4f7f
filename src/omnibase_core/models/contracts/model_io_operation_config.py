"""One input/output operation that an effect performs."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelIOOperationConfig(ModelContractPart):
    """What the operation is and how it is carried out."""

    operation_type: str = Field(min_length=1, description="Kind of operation, e.g. file_write")
    atomic: bool = Field(default=True, description="Happens entirely or not at all")
    backup_enabled: bool = Field(default=False, description="Keep a copy of what it replaces")
    permissions: str | None = Field(default=None, description="File permissions, e.g. 0644")
    recursive: bool = Field(default=False, description="Reaches into subdirectories")
    buffer_size: int = Field(default=8192, ge=1024, description="Bytes moved at once")
    timeout_seconds: int = Field(default=30, ge=1, description="Longest duration")
    validation_enabled: bool = Field(default=True, description="Check before and after")
