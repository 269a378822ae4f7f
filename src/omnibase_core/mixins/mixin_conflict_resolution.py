"""Tells which ways of resolving conflicts a reducer knows."""

from typing import Any

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution


class MixinConflictResolution:
    """Tells which ways of resolving conflicts a reducer knows."""

    def _get_conflict_resolution_status(self) -> dict[str, Any]:
        """Describe how conflicts between values for the same key are settled.

        Returns:
            The strategies that inputs may name, and the kinds of values that can be merged.
        """
        return {
            "conflict_resolution_enabled": True,
            "supported_strategies": [strategy.value for strategy in EnumConflictResolution],
            "supports_custom_resolvers": True,
            "merge_capabilities": {
                "numeric_merge": True,
                "string_concatenation": True,
                "list_merging": True,
                "dict_merging": True,
            },
        }
