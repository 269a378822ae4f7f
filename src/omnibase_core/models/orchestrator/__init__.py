"""What an orchestrator hands out: work that others are to do later."""

from omnibase_core.models.orchestrator.model_thunk import ModelThunk

__all__ = ["ModelThunk"]
