"""What goes into a node's operation and what comes out of it."""

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

__all__ = [
    "EffectResultDiscriminator",
    "EffectResultUnion",
    "ModelEffectInput",
    "ModelEffectOutput",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "get_effect_result_discriminator",
]
