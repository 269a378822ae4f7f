"""How much memory a reducer may take, and what it does when that runs short."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelMemoryManagementConfig(ModelContractPart):
    """Memory settings of a reducer contract."""

    max_memory_mb: int = Field(default=1024, ge=1, description="Most memory in use")
    gc_threshold: float = Field(
        default=0.8, ge=0.0, le=1.0, description="Share of it that starts a collection"
    )
    lazy_loading_enabled: bool = Field(default=True, description="Load items when needed")
    spill_to_disk_enabled: bool = Field(default=True, description="Use the disk when it is full")
