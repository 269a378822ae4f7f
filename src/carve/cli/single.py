"""What `carve extract` does: one extraction without a plan."""

from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.options import class_in, inside, repository
from carve.disk import Edit
from carve.errors import CarveError, Place
from carve.plan.load import build_plan
from carve.plan.model import Plan
from carve.plan.nearest import nearest
from carve.plan.refs import ClassRef, is_name
from carve.plan.specs import ExtractMixinSpec
from carve.report.diffs import show_diffs
from carve.report.steps import show_step
from carve.run.settling import settle
from carve.run.single import extract
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["Wanted", "edits_of", "extract_one", "ref_of"]

_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Wanted:
    """An extraction in the words of the command line; lists are separated by commas."""

    source: str
    target: str
    members: str
    helpers: str = ""
    drops: str = ""
    leaves: str = ""
    roots: tuple[str, ...] = ()
    retarget: bool = False

    def roots_in(self, folder: Path) -> tuple[str, ...]:
        """Return the import roots that are meant: those named, else src, or . without one."""
        return self.roots or (("src",) if (folder / "src").is_dir() else (".",))


def extract_one(wanted: Wanted, repo: Path | None, *, dry_run: bool) -> Answer:
    """Carry the extraction out, or with `dry_run` return its patch."""
    folder = repository(repo)
    roots = wanted.roots_in(folder)
    settle(folder)
    spec = _spec(wanted, folder, roots)
    record = extract(folder, spec, roots, dry_run=dry_run)

    def show(console: Console) -> None:
        if dry_run:
            show_diffs(console, (record,))
        else:
            show_step(console, record)

    return Answer(
        {"repository": str(folder), "roots": list(roots), "step": asdict(record)},
        int(bool(record.problems)),
        show=show,
        aside=(lambda console: show_step(console, record)) if dry_run else None,
    )


def ref_of(wanted: Wanted, folder: Path) -> ClassRef:
    """Return the class that is meant, by its module."""
    file, colon, name = wanted.source.rpartition(":")
    if not colon or not file or not is_name(name):
        raise CarveError(
            f"{wanted.source!r} does not name a class in a file", instead="write it as FILE:CLASS"
        )
    return class_in(file, _module(file, folder, wanted.roots_in(folder)), name)


def edits_of(wanted: Wanted, folder: Path) -> tuple[Edit, ...]:
    """Return what the extraction would change; none where there is nothing to do."""
    roots = wanted.roots_in(folder)
    settle(folder)
    spec = _spec(wanted, folder, roots)
    plan = Plan(format=1, roots=roots, steps=(spec,))
    outcome = step_for(spec, plan.registry).plan(Workspace(folder, roots))
    return outcome.edits if isinstance(outcome, Planned) else ()


def _spec(wanted: Wanted, folder: Path, roots: tuple[str, ...]) -> ExtractMixinSpec:
    source = ref_of(wanted, folder)
    step: dict[str, object] = {
        "id": "extract",
        "do": "extract_mixin",
        "from": str(source),
        "to": wanted.target,
        "members": _listed(wanted.members),
        "why": "asked for on the command line",
        "summary": _summary(source.name, _listed(wanted.members)),
    }
    step |= {
        key: names
        for key, names in (
            ("helpers", _listed(wanted.helpers)),
            ("drops", _listed(wanted.drops)),
            ("leaves", _listed(wanted.leaves)),
        )
        if names
    }
    step |= {"retarget": True} if wanted.retarget else {}
    try:
        plan = build_plan({"format": 1, "roots": list(roots), "steps": [step]})
    except CarveError as error:
        # Without a file there is no place to show.
        raise CarveError(error.message, instead=error.instead) from None
    return next(spec for spec in plan.steps if isinstance(spec, ExtractMixinSpec))


def _summary(name: str, members: list[str]) -> str:
    text = f"Adds {', '.join(members)} to {name}"
    return text if len(text) <= _LONGEST else f"Adds {len(members)} members to {name}"


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _module(file: str, folder: Path, roots: tuple[str, ...]) -> str:
    path = _inside(file, folder)
    for root in roots:
        below = PurePosixPath(path)
        if root != "." and not below.is_relative_to(root):
            continue
        parts = below.relative_to(root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    raise CarveError(
        f"{path} lies below none of the roots {', '.join(roots)}",
        where=Place(path),
        instead="name the folder that imports start from with --root",
    )


def _inside(file: str, folder: Path) -> str:
    """Return a file, given from the current folder or from the repository, from the latter."""
    here = inside(Path(file), folder)
    if not (here.is_file() and here.is_relative_to(folder)):
        here = inside(folder / file, folder)
    if not here.is_file():
        near = here.parent.glob("*.py") if here.parent.is_dir() else []
        known = [path.name for path in near if path.is_file()]
        raise CarveError(
            "there is no such file",
            where=Place(file),
            instead=nearest(here.name, known) or "name it from the repository on",
        )
    if not here.is_relative_to(folder):
        raise CarveError(
            "the file is not in the repository", where=Place(file), instead="check --repo"
        )
    if here.suffix != ".py":
        raise CarveError("the file is no Python module", where=Place(file))
    return here.relative_to(folder).as_posix()
