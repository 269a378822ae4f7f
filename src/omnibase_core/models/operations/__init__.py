"""What goes into a node's operation and what comes out of it."""

from omnibase_core.models.operations.model_compute_input import ModelComputeInput
from omnibase_core.models.operations.model_compute_output import ModelComputeOutput
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.models.operations.model_effect_output import ModelEffectOutput
from omnibase_core.models.operations.model_effect_result import (
    EffectResultDiscriminator,
    EffectResultUnion,
    ModelEffectResult,
    ModelEffectResultBool,
    ModelEffectResultDict,
    ModelEffectResultList,
    ModelEffectResultStr,
    get_effect_result_discriminator,
)
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.models.operations.model_reducer_output import ModelReducerOutput

__all__ = [
    "EffectResultDiscriminator",
    "EffectResultUnion",
    "ModelComputeInput",
    "ModelComputeOutput",
    "ModelEffectInput",
    "ModelEffectOutput",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "ModelOrchestratorInput",
    "ModelOrchestratorOutput",
    "ModelReducerInput",
    "ModelReducerOutput",
    "get_effect_result_discriminator",
]
