"""The kinds of result that an effect can have, in one import."""

from omnibase_core.models.operations.model_effect_result_bool import ModelEffectResultBool
from omnibase_core.models.operations.model_effect_result_dict import ModelEffectResultDict
from omnibase_core.models.operations.model_effect_result_list import ModelEffectResultList
from omnibase_core.models.operations.model_effect_result_str import ModelEffectResultStr
from omnibase_core.models.operations.model_effect_result_types import (
    EffectResultDiscriminator,
    EffectResultUnion,
    ModelEffectResult,
    get_effect_result_discriminator,
)

__all__ = [
    "EffectResultDiscriminator",
    "EffectResultUnion",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "get_effect_result_discriminator",
]
