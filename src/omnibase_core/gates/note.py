"""A fact that a gate knows and that is no fault."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """What is good to know, in a few words, and what it is about, one by one."""

    summary: str
    about: tuple[str, ...] = ()
