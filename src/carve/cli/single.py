"""What `carve extract` does: one extraction without a plan."""

from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.options import class_in, inside, repository
from carve.disk import Edit
from carve.errors import CarveError, Place
from carve.plan.consistency import check_plan
from carve.plan.load import build_plan
from carve.plan.model import Plan
from carve.plan.nearest import nearest
from carve.plan.refs import ClassRef, is_name
from carve.plan.tree import check_tree
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
    exclude: tuple[str, ...] = ()

    @property
    def further(self) -> dict[str, object]:
        """What is said about the step besides its members, by the name of the key."""
        named = {"helpers": self.helpers, "drops": self.drops, "leaves": self.leaves}
        lists = {key: _listed(names) for key, names in named.items()}
        found: dict[str, object] = {key: names for key, names in lists.items() if names}
        return found | ({"retarget": True} if self.retarget else {})

    def roots_in(self, folder: Path) -> tuple[str, ...]:
        """Return the import roots that are meant: those named, else src, or . without one."""
        return self.roots or (("src",) if (folder / "src").is_dir() else (".",))


def extract_one(wanted: Wanted, repo: Path | None, *, dry_run: bool) -> Answer:
    """Carry the extraction out, or with `dry_run` return its patch."""
    folder = repository(repo)
    settle(folder)
    plan = _plan(wanted, folder)
    record = extract(folder, plan, dry_run=dry_run)

    def show(console: Console) -> None:
        if dry_run:
            show_diffs(console, (record,))
        else:
            show_step(console, record)

    return Answer(
        {"repository": str(folder), "roots": list(plan.roots), "step": asdict(record)},
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
    settle(folder)
    plan = _plan(wanted, folder)
    check_plan(plan)
    check_tree(plan, folder)
    workspace = Workspace(folder, plan.roots, plan.exclude)
    outcome = step_for(plan.steps[0], plan.registry).plan(workspace)
    return outcome.edits if isinstance(outcome, Planned) else ()


def _plan(wanted: Wanted, folder: Path) -> Plan:
    """Return the plan of one step that says the same."""
    source, members = ref_of(wanted, folder), _listed(wanted.members)
    step: dict[str, object] = {
        "id": "extract",
        "do": "extract_mixin",
        "from": str(source),
        "to": wanted.target,
        "members": members,
        "why": "asked for on the command line",
        "summary": _summary(source.name, members),
        **wanted.further,
    }
    roots, exclude = list(wanted.roots_in(folder)), list(wanted.exclude)
    try:
        return build_plan({"format": 1, "roots": roots, "exclude": exclude, "steps": [step]})
    except CarveError as error:
        # Without a file there is no place to show.
        raise CarveError(error.message, instead=error.instead) from None


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
