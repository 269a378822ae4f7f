"""What a whole plan comes to: lines before and after, what was merged, what held."""

from dataclasses import dataclass

__all__ = ["Merged", "Mutants", "Part", "Summary"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some modules of one kind, with their lines before the first step and after the last."""

    name: str
    modules: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Lines that several classes had nearly alike, and what is left of them in the mixins."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Mutants:
    """How many faults were planted, and how many of them the pins noticed."""

    planted: int
    noticed: int

    @property
    def survivors(self) -> int:
        """Return how many nobody noticed."""
        return self.planted - self.noticed


@dataclass(frozen=True, slots=True)
class Summary:
    """What a plan comes to whose steps are all done.

    Attributes:
        parts: The modules that it takes apart, the mixins it makes, and all else that it makes.
        deleted: Modules that it deletes, with their lines when they went.
        merged: What `merge_members` made of lines that were written several times.
        pins: How many pins held after the last step; None when none were compared.
        pins_of: How many there are.
        tests: What the closing tests said last, else those of the last step.
        mutants: None when nobody has planted any in the modules as they were.
    """

    parts: tuple[Part, ...]
    deleted: tuple[Part, ...] = ()
    merged: Merged | None = None
    pins: int | None = None
    pins_of: int | None = None
    tests: str | None = None
    mutants: Mutants | None = None

    @property
    def before(self) -> int:
        """Return the lines of all that is taken apart."""
        return sum(part.before for part in self.parts)

    @property
    def after(self) -> int:
        """Return the lines of what came of it."""
        return sum(part.after for part in self.parts)
