"""A handler that failed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventFailure:
    """An exception that left a handler, and the event it was given."""

    event: object
    handler: object
    error: Exception
