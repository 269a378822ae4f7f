"""Which scenario runs which line of the modules that a plan takes apart, measured once."""

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from carve.errors import CarveError, Refused
from carve.gates.coverage import held
from carve.pins.outcome import Progress
from carve.pins.recorder import CoverageRequest
from carve.pins.run import run_pins
from carve.plan.model import Plan
from carve.repository import Repository
from carve.run.before import before_tree, materialise
from carve.run.modules import Held
from carve.source.roots import prefix_of
from carve.workspace import Workspace

__all__ = ["known", "measured"]

_FORMAT = 1


def measured(
    repo: Path, plan: Plan, paths: Iterable[str], tell: Callable[[int, int], None]
) -> dict[str, Held]:
    """Return the scenarios of each line by path, before the first step; nothing without pins.

    What was measured before is believed as long as no source, scenario or pin has changed.
    """
    wanted = sorted(paths)
    if plan.verify.pins is None or not wanted:
        return {}
    if (found := known(repo, plan, wanted)) is not None:
        return found
    found = _measure(repo, plan, wanted, tell)
    if (cache := _cache(repo)) is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text(
            json.dumps({"key": _key(repo, plan, wanted), "held": found}), encoding="utf-8"
        )
    return found


def known(repo: Path, plan: Plan, paths: Iterable[str]) -> dict[str, Held] | None:
    """Return what an earlier measurement has found, None if it no longer counts."""
    cache = _cache(repo)
    if plan.verify.pins is None or cache is None or not cache.is_file():
        return None
    try:
        data = json.loads(cache.read_text(encoding="utf-8"))
        if data["key"] != _key(repo, plan, sorted(paths)):
            return None
        return {
            path: {int(line): tuple(names) for line, names in lines.items()}
            for path, lines in data["held"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _measure(
    repo: Path, plan: Plan, paths: list[str], tell: Callable[[int, int], None]
) -> dict[str, Held]:
    def on_scenario(progress: Progress) -> None:
        tell(progress.index, progress.total)

    with tempfile.TemporaryDirectory(prefix="carve-before-") as scratch:
        tree, data = Path(scratch, "tree").resolve(), Path(scratch, "data")
        tree.mkdir()
        materialise(repo, plan, tree)
        sources = tuple(tree / path for path in paths)
        run = run_pins(
            tree,
            folder=str((repo / str(plan.verify.pins)).resolve()),
            subject="before",
            coverage=CoverageRequest(data, sources),
            on_scenario=on_scenario,
        )
        if not run.ok:
            raise Refused(
                "the pins do not all hold before the first step",
                check="pins",
                where=plan.places.of("verify", "pins"),
                instead="see which with: carve verify --plan PLAN",
            )
        return {path: _held(data, tree / path) for path in paths}


def _held(data: Path, source: Path) -> Held:
    try:
        return dict(held(data, source).lines)
    except CarveError:
        return {}  # no scenario imports the module, so none holds a line of it


def _cache(repo: Path) -> Path | None:
    repository = Repository(repo)
    return repository.common_dir / "carve" / "held.json" if repository.is_git else None


def _key(repo: Path, plan: Plan, paths: list[str]) -> str:
    """Return what the measurement depends on, as one name."""
    digest = hashlib.sha256(f"{_FORMAT} {sys.version_info[:2]} {paths}".encode())
    before = before_tree(repo, plan)
    for path in sorted(_judging(before, plan)):
        digest.update(f"\0{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(before.read(path) or b"").digest())
    return digest.hexdigest()


def _judging(before: Workspace, plan: Plan) -> set[str]:
    roots = tuple(prefix_of(folder) for folder in (*plan.roots, str(plan.verify.pins)))
    found = {*Repository(before.folder).files(), *before.overlay}
    # Writing evidence must not make what it was measured by look old.
    own = f"{plan.evidence.rstrip('/')}/" if plan.evidence else None
    chosen = (path for path in found if path.startswith(roots) and before.exists(path))
    return {path for path in chosen if not (own and path.startswith(own))}
