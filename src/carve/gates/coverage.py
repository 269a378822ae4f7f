"""Every line and branch of a module is held by a scenario, or listed as unreachable with a reason.

A line counts as held when a scenario (or the import of the module) ran it. Lists that have gone
stale are findings too: an entry that matches nothing, or whose code a scenario did reach.
"""

import ast
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from coverage import Coverage
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from carve.errors import CarveError, Place

__all__ = ["CoverageReport", "OpenBranch", "OpenLine", "Unreachable", "held", "load_unreachable"]


class Unreachable(BaseModel):
    """Code that no scenario can reach: a line, or with `to` one branch of it.

    `code` and `to` are the text of the lines without indentation, `to` may be `exit`. `within` is
    the qualified name of the function, needed where the same text occurs more than once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    module: str
    code: str
    reason: str = Field(min_length=1)
    to: str | None = None
    within: str | None = None

    def __str__(self) -> str:
        """Return the entry as a reader would look for it."""
        branch = f" -> {self.to!r}" if self.to else ""
        return f"{self.module}: {self.code!r}{branch}"


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that nobody ran."""

    line: int
    code: str


@dataclass(frozen=True, slots=True)
class OpenBranch:
    """A way out of a line that nobody took; `to` is None for the end of the function."""

    line: int
    to: int | None
    code: str
    target: str


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """What holds a module: scenarios per line, what is open, and which entries are wrong."""

    source: Path
    lines: Mapping[int, tuple[str, ...]]
    open_lines: tuple[OpenLine, ...]
    open_branches: tuple[OpenBranch, ...]
    stale: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing is open and no entry is wrong."""
        return not (self.open_lines or self.open_branches or self.stale)


def load_unreachable(path: Path) -> list[Unreachable]:
    """Return the entries of an `unreachable.yaml`; no file means no entries."""
    if not path.exists():
        return []
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(list[Unreachable]).validate_python(data or [])
    except (yaml.YAMLError, ValidationError) as error:
        raise CarveError(
            f"{path.name} is not a list of entries: {error}",
            where=Place(str(path)),
            instead="- {module: pkg.mod, code: 'the line', reason: why}",
        ) from error


def held(
    data_file: Path, source_file: Path, unreachable: Sequence[Unreachable] = ()
) -> CoverageReport:
    """Return what the scenarios recorded in `data_file` leave open in `source_file`.

    Args:
        data_file: What a run with `CoverageRequest` wrote.
        source_file: The module as it was measured, at the same path.
        unreachable: The entries for this module.
    """
    facts = _facts(data_file, source_file)
    source = _Source(source_file)
    lines = {
        line: tuple(sorted(each for each in facts.contexts.get(str(line), []) if each))
        for line in facts.executed_lines
    }
    open_lines = [OpenLine(line, source.code(line)) for line in facts.missing_lines]
    nobody = set(facts.missing_lines)
    open_branches = [
        OpenBranch(line, to if to > 0 else None, source.code(line), source.code(to))
        for line, to in facts.missing_branches
        if line not in nobody  # the line itself is the finding
    ]
    open_lines, open_branches, stale = _excused(source, unreachable, open_lines, open_branches)
    every_line = lines | dict.fromkeys(facts.missing_lines, ())
    return CoverageReport(
        source_file,
        dict(sorted(every_line.items())),
        tuple(open_lines),
        tuple(open_branches),
        tuple(stale),
    )


def _excused(
    source: "_Source",
    unreachable: Sequence[Unreachable],
    open_lines: list[OpenLine],
    open_branches: list[OpenBranch],
) -> tuple[list[OpenLine], list[OpenBranch], list[str]]:
    """Return what stays open, and what is wrong with entries that excuse something."""
    stale: list[str] = []
    for entry in unreachable:
        here = [each for each in open_lines if entry.to is None and source.fits(entry, each.line)]
        ways = [
            each
            for each in open_branches
            if entry.to == each.target and source.fits(entry, each.line)
        ]
        if problem := _problem(entry, len(here) + len(ways), source):
            stale.append(problem)
        else:
            open_lines = [each for each in open_lines if each not in here]
            open_branches = [each for each in open_branches if each not in ways]
    return open_lines, open_branches, stale


def _problem(entry: Unreachable, matches: int, source: "_Source") -> str | None:
    if matches == 1:
        return None
    if matches > 1:
        return f"{entry} occurs {matches} times; say which with `within`"
    if any(source.fits(entry, line) for line in source.numbers()):
        return f"{entry} is listed as unreachable but was reached"
    return f"{entry} matches nothing"


class _Source:
    """The text of a module, and which function each line belongs to."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self._lines = text.splitlines()
        self._owners = dict(_owners(ast.parse(text), ""))

    def code(self, line: int) -> str:
        return self._lines[line - 1].strip() if line > 0 else "exit"

    def numbers(self) -> range:
        return range(1, len(self._lines) + 1)

    def fits(self, entry: Unreachable, line: int) -> bool:
        within = entry.within is None or self._owners.get(line, "") == entry.within
        return within and self.code(line) == entry.code


def _owners(node: ast.AST, prefix: str) -> Iterator[tuple[int, str]]:
    # Outer functions come first, so that the innermost name of a line is the one that stays.
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}{child.name}"
            for line in range(child.lineno, (child.end_lineno or child.lineno) + 1):
                yield line, name
            yield from _owners(child, f"{name}.")
        else:
            yield from _owners(child, prefix)


class _Facts(BaseModel):
    executed_lines: list[int]
    missing_lines: list[int]
    missing_branches: list[tuple[int, int]] = []
    contexts: dict[str, list[str]] = {}


def _facts(data_file: Path, source_file: Path) -> _Facts:
    if not data_file.is_file():
        raise CarveError("there is no coverage data", where=Place(str(data_file)))
    coverage = Coverage(data_file=str(data_file), branch=True, config_file=False, messages=False)
    # `pragma: no cover` hides nothing here: what cannot run is listed with a reason.
    coverage.set_option("report:exclude_lines", [])
    coverage.set_option("report:partial_branches", [])
    coverage.load()
    if str(source_file.resolve()) not in coverage.get_data().measured_files():
        raise CarveError(
            "no scenario imported the module, so nothing holds it", where=Place(str(source_file))
        )
    with tempfile.TemporaryDirectory(prefix="coverage-") as folder:
        report = Path(folder, "report.json")
        coverage.json_report(
            morfs=[str(source_file.resolve())], outfile=str(report), show_contexts=True
        )
        (facts,) = json.loads(report.read_text(encoding="utf-8"))["files"].values()
    return _Facts.model_validate(facts)
