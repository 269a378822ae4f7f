"""The union of effect results, and how its members are told apart."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field

from omnibase_core.models.operations.model_effect_result_bool import ModelEffectResultBool
from omnibase_core.models.operations.model_effect_result_dict import ModelEffectResultDict
from omnibase_core.models.operations.model_effect_result_list import ModelEffectResultList
from omnibase_core.models.operations.model_effect_result_str import ModelEffectResultStr

_DEFAULT = "dict[str, Any]"


def get_effect_result_discriminator(v: Any) -> str:
    """Return the `result_type` of a mapping or an object; without one it counts as a mapping."""
    if isinstance(v, Mapping):
        return str(v.get("result_type", _DEFAULT))
    return str(getattr(v, "result_type", _DEFAULT))


EffectResultDiscriminator = Discriminator(
    get_effect_result_discriminator,
    custom_error_type="effect_result_discriminator",
    custom_error_message="The result is none of the known kinds of effect result",
)

EffectResultUnion: TypeAlias = (
    ModelEffectResultDict | ModelEffectResultBool | ModelEffectResultStr | ModelEffectResultList
)

ModelEffectResult: TypeAlias = Annotated[EffectResultUnion, Field(discriminator="result_type")]

__all__ = [
    "EffectResultDiscriminator",
    "EffectResultUnion",
    "ModelEffectResult",
    "get_effect_result_discriminator",
]
