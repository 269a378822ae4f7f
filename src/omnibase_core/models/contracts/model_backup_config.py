"""What an effect keeps so that its changes can be taken back."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelBackupConfig(ModelContractPart):
    """Backup settings of an effect contract."""

    enabled: bool = Field(default=True, description="Keep backups")
    backup_location: str = Field(default="./backups", description="Where they are kept")
    retention_days: int = Field(default=7, ge=1, description="How long they are kept")
    compression_enabled: bool = Field(default=True, description="Compress them")
    verification_enabled: bool = Field(default=True, description="Read them back once written")
    rollback_timeout_s: int = Field(default=120, ge=1, description="Longest restore")
