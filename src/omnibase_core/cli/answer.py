"""What a command comes to, and how that reaches stdout, stderr and the exit code."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet

__all__ = ["Answer", "deliver", "deliver_failure"]

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command.

    Attributes:
        body: What `--json` prints, besides format, command and exit code.
        show: Writes the same for people.
        exit_code: 0 done, 1 a check objected, 2 asked for the impossible.
    """

    body: Mapping[str, Any]
    show: Callable[[Sheet], None]
    exit_code: int = 0


def deliver(answer: Answer, command: str, *, as_json: bool) -> int:
    """Print the answer as it was asked for and return the exit code."""
    if as_json:
        text = _document(command, answer.exit_code, answer.body)
    else:
        sheet = Sheet(sys.stdout)
        answer.show(sheet)
        text = sheet.text()
    try:
        _put(text, sys.stdout)
    except OSError as error:
        _hang_up(sys.stdout)
        problem = RequestError(f"the answer cannot be written: {error.strerror}")
        return deliver_failure(problem, command, as_json=False)
    return answer.exit_code


def deliver_failure(error: RequestError, command: str, *, as_json: bool) -> int:
    """Say what was impossible and return 2."""
    if as_json:
        body = {"error": {"message": error.message, "instead": error.instead or None}}
        _put(_document(command, 2, body), sys.stdout)
        return 2
    sheet = Sheet(sys.stderr)
    first, *rest = error.message.splitlines() or [""]
    sheet.line(f"error: {first}", style="red")
    for line in rest:
        sheet.line(line, indent=2)
    if error.instead:
        sheet.line(f"try {error.instead}", indent=2)
    _put(sheet.text(), sys.stderr)
    return 2


def _document(command: str, exit_code: int, body: Mapping[str, Any]) -> str:
    # Escapes keep it JSON in any encoding.
    whole = {"format": _FORMAT, "command": command, "exit_code": exit_code, **body}
    return json.dumps(whole, indent=2, default=str) + "\n"


def _put(text: str, stream: TextIO | None) -> None:
    """Write all of `text` in the encoding of the stream; a reader who has left is no error."""
    if stream is None:
        return
    raw = text.encode(stream.encoding or "utf-8", "backslashreplace")
    try:
        stream.flush()
        stream.buffer.write(raw)
        stream.flush()
    except BrokenPipeError:
        _hang_up(stream)


def _hang_up(stream: TextIO) -> None:
    """Let what is still buffered vanish, so that the end of the process is quiet too."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), stream.fileno())
