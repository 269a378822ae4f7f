"""What a command comes to, and how that reaches stdout, stderr and the exit code."""

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TextIO

from rich.console import Console

from carve.errors import CarveError
from carve.report.jsonout import document
from carve.report.model import Problem, problem_of, problems_of
from carve.report.problems import show_error, show_grouped
from carve.report.terminal import Show, told

__all__ = [
    "Answer",
    "Asked",
    "deliver",
    "failure",
    "hang_up",
    "interruption",
    "put",
    "usage_failure",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the command, and whether the answer is to be JSON."""

    command: str | None
    as_json: bool

    @classmethod
    def of(cls, arguments: list[str], commands: tuple[str, ...]) -> "Asked":
        """Return what the words of a command line ask for, even if they ask for it wrongly."""
        options = arguments[: arguments.index("--")] if "--" in arguments else arguments
        command = next((word for word in arguments if word in commands), None)
        return cls(command, "--json" in options)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command: as data, as text for stdout, and as an aside for stderr.

    Attributes:
        body: The document that `--json` prints, without format, command and exit code.
        exit_code: 0 done, 1 a check or gate objected, 2 asked for the impossible.
        show: Prints the text for stdout.
        aside: Prints what is not the result itself to stderr; not used with `--json`.
        wide: How many columns the text likes to have in a pipe.
    """

    body: Mapping[str, Any]
    exit_code: int = 0
    show: Show | None = None
    aside: Show | None = None
    wide: int = field(default=0)


def failure(error: CarveError) -> Answer:
    """Return the answer to a request that ended in `error`."""
    found = problems_of(error)
    first = problem_of(error)

    def aside(console: Console) -> None:
        if len(found) > 1:
            show_grouped(console, found)
        else:
            show_error(console, first)

    body: dict[str, Any] = {"error": asdict(first)}
    if len(found) > 1:
        body["problems"] = [asdict(each) for each in found]
    return Answer(body, error.exit_code, aside=aside)


def usage_failure(message: str, instead: str) -> Answer:
    """Return the answer to a command line that carve cannot read."""
    return failure(CarveError(message, instead=instead))


def interruption(message: str, code: int) -> Answer:
    """Return the answer to somebody who did not want to wait."""

    def aside(console: Console) -> None:
        console.print(message, soft_wrap=True)

    return Answer({"error": asdict(Problem(message))}, code, aside=aside)


def deliver(answer: Answer, asked: Asked) -> int:
    """Print the answer as it was asked for and return the exit code."""
    if asked.as_json:
        put(document(asked.command, answer.body, answer.exit_code), sys.stdout)
        return answer.exit_code
    if answer.show:
        put(told(answer.show, sys.stdout, wide=answer.wide), sys.stdout)
    if answer.aside:
        put(told(answer.aside, sys.stderr), sys.stderr)
    return answer.exit_code


def put(text: str, stream: TextIO) -> None:
    """Write all of `text`; a reader who has left is not an error."""
    # Bytes that are no UTF-8 pass through a patch unchanged.
    encoding = stream.encoding or "utf-8"
    try:
        raw = text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode(encoding, "backslashreplace")
    try:
        stream.flush()
        stream.buffer.write(raw)
        stream.flush()
    except BrokenPipeError:
        hang_up(stream)


def hang_up(stream: TextIO) -> None:
    """Let what is still buffered for `stream` vanish, so that its end is quiet too."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), stream.fileno())
