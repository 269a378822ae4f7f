"""Finds out which mixins there are, what they are for and which of them fit together."""

from omnibase_core.discovery.mixin_discovery import MixinDiscovery
from omnibase_core.discovery.model_mixin_info import ModelMixinInfo

__all__ = ["MixinDiscovery", "ModelMixinInfo"]
