"""What a reducer does when two values claim the same place."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelConflictResolutionConfig(ModelContractPart):
    """Conflict settings of a reducer contract."""

    strategy: str = Field(default="last_writer_wins", description="Which value is kept")
    detection_enabled: bool = Field(default=True, description="Look for conflicts at all")
    timestamp_based_resolution: bool = Field(default=True, description="Let time decide")
    conflict_logging_enabled: bool = Field(default=True, description="Log each conflict")
