"""The errors that carve raises: what is wrong, where, and what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file of the repository; `line` and `column` count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return `path:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class CarveError(Exception):
    """Carve was asked for something that it cannot do here (exit code 2).

    Args:
        message: What is wrong, in one sentence without a full stop.
        where: The place that has to be looked at.
        instead: Something that the reader can do.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, where: Place | str | None = None, instead: str | None = None
    ) -> None:
        """Keep the facts as attributes; `str()` gives the message alone."""
        super().__init__(message)
        self.message = message
        self.where = Place(where) if isinstance(where, str) else where
        self.instead = instead


class Refused(CarveError):  # noqa: N818 - the outcome's own word: a step is refused, not broken
    """A check or gate objected (exit code 1); `check` is the name of the one that did."""

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        check: str,
        where: Place | str | None = None,
        instead: str | None = None,
    ) -> None:
        """Keep the facts as attributes; `str()` gives the message alone."""
        super().__init__(message, where=where, instead=instead)
        self.check = check


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check or gate objects to; `check` is filled in by whoever ran it."""

    path: str
    line: int | None
    message: str
    instead: str
    check: str = ""

    @property
    def where(self) -> Place:
        """Return the place that the finding speaks of."""
        return Place(self.path, self.line)


class StepRefused(Refused):
    """A step was refused; `findings` are all objections, the first is the error's own."""

    def __init__(self, findings: "list[Finding]", *, step: str = "") -> None:
        """Keep the findings; there is at least one."""
        first = findings[0]
        super().__init__(
            first.message, check=first.check, where=first.where, instead=first.instead
        )
        self.findings = tuple(findings)
        self.step = step
