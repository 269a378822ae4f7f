"""Which scenarios run which line, measured once for as long as no file of the tree changes."""

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from carve.errors import CarveError, Refused
from carve.gates.coverage import held
from carve.mutants.model import Mutant
from carve.pins.outcome import PinRun, Progress
from carve.pins.recorder import IMPORT, CoverageRequest
from carve.pins.run import run_pins

__all__ = ["Reach", "measure"]

_DECIDE = {".py", ".yaml", ".yml", ".json", ".toml", ".ini", ".cfg", ".txt"}


@dataclass(frozen=True, slots=True)
class Reach:
    """The scenarios that run each line; those of `on_import` run at import as well."""

    lines: dict[int, frozenset[str]]
    on_import: frozenset[int]

    def pins(self, mutant: Mutant) -> frozenset[str]:
        """Return the scenarios that can notice `mutant`.

        Code of the import has no scenario of its own: there it is whoever runs its class or, if
        nobody does, anything of the module.
        """
        first, last = mutant.reach
        found = self._within(range(first, last + 1))
        return found or (self._within(self.lines) if self.wakes_at_import(mutant) else found)

    def wakes_at_import(self, mutant: Mutant) -> bool:
        """Tell whether the import runs the line, in a function that it calls too."""
        first, last = mutant.reach
        return mutant.on_import or any(line in self.on_import for line in range(first, last + 1))

    def _within(self, lines: "range | dict[int, frozenset[str]]") -> frozenset[str]:
        return frozenset().union(*(self.lines.get(line, frozenset()) for line in lines))


def measure(
    tree: Path,
    file: Path,
    choices: tuple[str, str, int, float],
    kept: Path | None,
    tell: Callable[[int, int], None] | None,
) -> Reach:
    """Return who runs which line of `file`; `choices` are folder, subject, workers, timeout."""
    folder, subject, workers, timeout = choices
    key = _key(tree, tree / folder, file, subject) if kept else ""
    if kept is not None and kept.is_file() and (found := _read(kept, key)):
        return found

    def on_scenario(progress: Progress) -> None:
        if tell:
            tell(progress.index, progress.total)

    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        request = CoverageRequest(Path(scratch, "coverage"), (file,))
        run = run_pins(
            tree,
            folder=folder,
            subject=subject,
            coverage=request,
            workers=workers if workers > 1 else 0,
            on_scenario=on_scenario,
            timeout=timeout,
        )
        _check(run)
        lines = _lines(request, file)
    names = {each.scenario for each in run.results}
    found = Reach(
        {line: frozenset(ran) & names for line, ran in lines.items()},
        frozenset(line for line, ran in lines.items() if IMPORT in ran),
    )
    if kept is not None:
        _write(kept, key, found)
    return found


def _check(run: PinRun) -> None:
    bad = [each for each in run.results if each.status != "held"]
    if bad:
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        raise Refused(
            "the pins do not hold before anything is mutated: "
            f"{bad[0].scenario} {bad[0].status}{more}",
            check="mutation",
            instead="carve verify shows the differences",
        )


def _lines(request: CoverageRequest, file: Path) -> dict[int, tuple[str, ...]]:
    try:
        return dict(held(request.data_file, file).lines)
    except CarveError:
        return {}  # nobody imported it


def _key(tree: Path, home: Path, file: Path, subject: str) -> str:
    """Return what the measurement depends on, as one name."""
    digest = hashlib.sha256(f"{subject} {sys.version} {file.relative_to(tree)}".encode())
    for base in (tree, home):
        for path in sorted(base.rglob("*")):
            place = path.relative_to(base)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in place.parts)
            if path.suffix in _DECIDE and not hidden and path.is_file():
                digest.update(f"\0{place}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(path: Path, key: str) -> Reach | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        lines = {int(line): frozenset(names) for line, names in data["lines"].items()}
        return Reach(lines, frozenset(data["on_import"])) if data["key"] == key else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, key: str, reach: Reach) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"key": key, **asdict(reach)}, default=sorted)
    path.write_text(text, encoding="utf-8")
