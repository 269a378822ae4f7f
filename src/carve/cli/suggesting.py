"""What `carve suggest` does: find where a class comes apart, and draft a plan for it."""

from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from carve.cli.answer import Answer
from carve.cli.options import class_in, inside, repository, resolved
from carve.cli.outputs import write_file
from carve.cli.progress import Live
from carve.cli.suggestion import show_suggestion
from carve.errors import CarveError, Place
from carve.plan.load import build_plan, load_plan
from carve.plan.nearest import nearest
from carve.plan.refs import ClassRef, is_name
from carve.plan.tree import check_tree
from carve.report.html import GRAPH, page
from carve.report.terminal import Show
from carve.run.before import before_tree
from carve.suggest.plan_text import Header, plan_of, plan_text
from carve.suggest.suggestion import Suggestion, suggest
from carve.workspace import Workspace

__all__ = ["Wish", "suggest_for"]

_STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says: which class, in which tree, and what is to be written."""

    source: str
    before: Path | None = None
    package: str | None = None
    resolution: float = 1.0
    plan: Path | None = None
    html: Path | None = None
    force: bool = False
    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def suggest_for(wish: Wish, repo: Path | None) -> Answer:
    """Return what there is to say about a class; files are written only where they are asked for.

    The exit code is 1 if a plan was to be written and there is no step that would be accepted.
    """
    folder = repository(repo)
    _refuse_overwriting(wish)
    header, workspace = _tree(wish, folder)
    ref = _class_meant(wish.source, folder, workspace)
    with Live(first="reading the class, and asking the checks about each step"):
        found = suggest(ref, workspace, package=_package(wish), resolution=wish.resolution)
    if found.draft.steps:
        check_tree(build_plan(plan_of(found, header)), folder)
    text = plan_text(found, header)
    body = {**found.to_json(), "header": asdict(header), "plan": text}
    if wish.html is not None:
        write_file(wish.html, page(str(ref), body, GRAPH).encode())
    return _answer(wish, found, text, body)


def _answer(wish: Wish, found: Suggestion, text: str, body: dict[str, object]) -> Answer:
    steps = bool(found.draft.steps)
    wanted = wish.plan is not None
    code = int(wanted and not steps)
    alone = wish.plan == _STDOUT
    if wish.plan is not None and not alone and steps:
        write_file(wish.plan, text.encode())

    def show(console: Console) -> None:
        show_suggestion(console, found, "" if wanted else text)

    def plan_alone(console: Console) -> None:
        console.file.write(text)

    def written(console: Console) -> None:
        says = "no step is accepted, so no plan was written" if code else f"plan: {wish.plan}"
        console.print(says, soft_wrap=True)

    aside: Show | None = written if wanted else None
    return Answer(body, code, plan_alone if alone else show, show if alone else aside)


def _refuse_overwriting(wish: Wish) -> None:
    for file in (wish.plan, wish.html):
        if file is not None and file != _STDOUT and file.exists() and not wish.force:
            raise CarveError(
                "there is such a file already",
                where=Place(str(file)),
                instead="name another one, or write over it with --force",
            )


def _tree(wish: Wish, folder: Path) -> tuple[Header, Workspace]:
    """Return the tree to look at, and what a plan has to say to begin with it."""
    if wish.before is None:
        roots = wish.roots or (("src",) if (folder / "src").is_dir() else (".",))
        return Header(roots, exclude=wish.exclude), Workspace(folder, roots, wish.exclude)
    plan = load_plan(resolved(wish.before, folder))
    check_tree(plan, folder)
    # What its steps create stays, because a plan that is made of the draft finds it there.
    exclude = (*plan.exclude, *wish.exclude)
    workspace = before_tree(folder, plan.model_copy(update={"steps": (), "exclude": exclude}))
    return Header(plan.roots, plan.baseline, exclude), workspace


def _class_meant(text: str, folder: Path, workspace: Workspace) -> ClassRef:
    left, colon, name = text.rpartition(":")
    if not (colon and left and is_name(name)):
        raise CarveError(
            f"{text!r} does not name a class in a file", instead="write it as FILE:CLASS"
        )
    here = inside(Path(left), folder)
    named = [here.relative_to(folder).as_posix()] if here.is_relative_to(folder) else []
    path = next((each for each in (*named, left) if workspace.exists(each)), None)
    path = path or workspace.path_of(left)
    if path is None:
        raise CarveError("there is no such file", where=Place(left), instead=_near(left, folder))
    if not path.endswith(".py"):
        raise CarveError("the file is no Python module", where=Place(path))
    module = workspace.name_of(path)
    if workspace.path_of(module) != path:
        raise CarveError(
            f"{path} lies below none of the roots {', '.join(workspace.roots)}",
            where=Place(path),
            instead="name the folder that imports start from with --root",
        )
    return class_in(path, module, name)


def _near(left: str, folder: Path) -> str:
    parent = (folder / left).parent
    near = parent.glob("*.py") if parent.is_dir() else []
    known = [path.name for path in near if path.is_file()]
    return nearest(Path(left).name, known) or "name it from the repository on"


def _package(wish: Wish) -> str | None:
    if wish.package is None or all(map(is_name, wish.package.split("."))):
        return wish.package
    raise CarveError(
        f"--to: {wish.package!r} is not a package", instead="write it as package.subpackage"
    )
