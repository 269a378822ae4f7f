"""The error of a command that was asked for the impossible."""

__all__ = ["RequestError"]


class RequestError(Exception):
    """What cannot be done, and what to try instead."""

    def __init__(self, message: str, instead: str = "") -> None:
        """Take what is wrong and, where there is something, what to do."""
        super().__init__(message)
        self.message = message
        self.instead = instead
