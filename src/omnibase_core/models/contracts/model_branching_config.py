"""How an orchestrator decides between branches and joins them."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelBranchingConfig(ModelContractPart):
    """Decision points of a contract's workflows and the limits of branching."""

    decision_points: list[str] = Field(default_factory=list, description="Where it decides")
    condition_evaluation_strategy: str = Field(
        default="eager", description="When conditions are evaluated"
    )
    branch_merge_strategy: str = Field(default="wait_all", description="How branches are joined")
    default_branch_enabled: bool = Field(
        default=True, description="Take a branch if no condition holds"
    )
    condition_timeout_ms: int = Field(
        default=1000, ge=1, description="Longest evaluation of a condition"
    )
    nested_branching_enabled: bool = Field(default=True, description="Branches within branches")
    max_branch_depth: int = Field(default=10, ge=1, description="Deepest of these")
