"""Puts lines into the text of a file and leaves every other byte of it as it is."""

from dataclasses import dataclass

__all__ = ["Insertion", "with_lines"]


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines that come in before the line of an index, which counts from 0."""

    before: int
    text: str


def with_lines(text: str, *insertions: Insertion) -> str:
    """Return `text` with more lines, which end as those of the file do."""
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    for each in sorted(insertions, key=lambda each: each.before, reverse=True):
        lines[each.before : each.before] = [f"{line}{end}" for line in each.text.split("\n")]
    return "\n".join(lines)
