"""How a node finds and runs the handlers of its side effects."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelEffectHandlerSubcontract(ModelSubcontractBase):
    """Settings of effect handlers. Interface 1.0.0, locked.

    A switch that is off makes the settings below it inert, never wrong: no lifetime without a
    cache, no handler checks or hooks without a registry.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    enable_handler_registry: bool = Field(
        default=True, description="Let handlers be registered by effect type"
    )
    enable_handler_validation: bool = Field(
        default=True, description="Check a handler when it is registered"
    )
    enable_handler_caching: bool = Field(
        default=True, description="Keep a handler's result for equal input"
    )
    handler_cache_ttl_seconds: int = Field(
        default=300, ge=10, le=3600, description="How long a kept result is good"
    )
    enable_handler_lifecycle: bool = Field(
        default=True, description="Tell a handler when it starts and ends"
    )
    max_concurrent_handlers: int = Field(
        default=100, ge=1, le=1000, description="Handlers that run at once"
    )
    handler_timeout_ms: int = Field(
        default=30000, ge=1000, le=300000, description="Longest run of a handler"
    )
