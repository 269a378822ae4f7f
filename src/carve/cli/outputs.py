"""What commands write besides their answer: a page, a JUnit file, workflow commands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.errors import CarveError, Place
from carve.report.annotations import annotations
from carve.report.junit import junit
from carve.report.model import RunRecord
from carve.report.terminal import safe

__all__ = ["Outputs", "with_outputs", "write_file"]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written besides the answer itself."""

    html: Path | None = None
    junit: Path | None = None
    annotations: bool = False


def with_outputs(answer: Answer, record: RunRecord, outputs: Outputs) -> Answer:
    """Write the JUnit file, and let the answer end with workflow commands, as far as asked."""
    if outputs.junit is not None:
        write_file(outputs.junit, junit(record))
    if not outputs.annotations:
        return answer
    lines = list(annotations(record))
    before: Callable[[Console], None] = answer.show or (lambda _: None)

    def show(console: Console) -> None:
        before(console)
        for line in lines:
            console.file.write(f"{safe(line)}\n")

    return replace(answer, show=show, body={**answer.body, "annotations": lines})


def write_file(path: Path, raw: bytes) -> None:
    """Write the file, or say why that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    except OSError as error:
        raise CarveError(
            f"the file cannot be written: {error.strerror}",
            where=Place(str(path)),
            instead="name another one",
        ) from error
