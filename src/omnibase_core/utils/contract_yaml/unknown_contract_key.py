"""The category of warnings about keys that a contract's model does not know."""

__all__ = ["UnknownContractKey"]


class UnknownContractKey(UserWarning):
    """A key that is ignored, because no model has a field of that name."""
