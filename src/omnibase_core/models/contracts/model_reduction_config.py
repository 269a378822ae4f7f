"""One reduction that a reducer offers."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelReductionConfig(ModelContractPart):
    """How a reducer turns many items into one result."""

    operation_type: str = Field(min_length=1, description="Kind of reduction")
    reduction_function: str = Field(min_length=1, description="Function that reduces")
    associative: bool = Field(default=True, description="Items may be grouped at will")
    commutative: bool = Field(default=False, description="Items may come in any order")
    identity_element: str | None = Field(default=None, description="Result of no items")
    chunk_size: int = Field(default=1000, ge=1, description="Items reduced at once")
    parallel_enabled: bool = Field(default=True, description="Reduce chunks side by side")
    intermediate_results_caching: bool = Field(
        default=True, description="Keep the results of chunks"
    )
