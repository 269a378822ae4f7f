"""Which scenarios a step can affect: those that can load a file which it changes.

The question is answered from the text of the tree before the step and of the tree after it. What
cannot be told from the text counts as affected.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import yaml

from carve.disk import Edit
from carve.pins.names import FOLDER
from carve.pins.standing import side_now
from carve.pins.subjects import FILE, references
from carve.repository import Repository
from carve.run.reach import ENGINE, Loaded, Reach
from carve.source.roots import name_of, paths_of, prefix_of
from carve.source.uses import names_in
from carve.workspace import Workspace

__all__ = ["EVERYTHING", "Choice", "affected"]

_SETTINGS = "pytest.ini"
# Settings that change what is a scenario, or what it can import.
_OWN_WAYS = ("pythonpath", "python_files")
_SCENARIOS = re.compile(rf"{FOLDER}/[^/]+/(?:.+/)?(?:test_[^/]*|[^/]*_test)\.py")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which scenarios are to run.

    Attributes:
        whole: All of them.
        only: Else their folders and modules, as paths below the characterization folder.
        undecided: Why it could not be told which of them to leave out.
    """

    whole: bool = False
    only: tuple[str, ...] = ()
    undecided: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether no scenario is to run."""
        return not self.whole and not self.only

    @property
    def names(self) -> tuple[str, ...]:
        """Return roles, and modules of scenarios as they are named: `effect/retry`."""
        return tuple(map(_scenarios_of, self.only))


EVERYTHING = Choice(whole=True)


def affected(before: Workspace, edits: Iterable[Edit], home: str) -> Choice:
    """Return which scenario modules below the folder `home` the edits can affect.

    `before` is the tree that the edits were planned on; it may have been written to since.
    """
    changes = {edit.path: edit for edit in edits if edit.before != edit.after}
    old = before.after(Edit(path, edit.before) for path, edit in changes.items())
    new = before.after(changes.values())
    known = {*Repository(before.folder).files(), *before.overlay, *changes}
    python = [path for path in known if path.endswith(".py")]
    folder = PurePosixPath(home).as_posix()
    trees = [
        _Scenarios(tree, folder, frozenset(filter(tree.exists, python))) for tree in (old, new)
    ]
    modules = sorted(trees[0].modules)
    if set(modules) != set(trees[1].modules):
        return EVERYTHING  # a pin without a scenario is found among all alone
    touched = [_Touched(tree, frozenset(changes)) for tree in trees]
    if why := next((why for each in touched for why in each.everything()), ""):
        return Choice(whole=True, undecided=why)
    found = {path: [each.reaches(path) for each in touched] for path in modules}
    reasons = [why for whys in found.values() for why in whys if why]
    chosen = [path for path, whys in found.items() if any(why is not None for why in whys)]
    undecided = reasons[0] if reasons else ""
    if len(chosen) == len(modules):
        return Choice(whole=True, undecided=undecided)
    return Choice(only=tuple(_by_role(chosen, modules)), undecided=undecided)


@dataclass(slots=True)
class _Scenarios:
    """The scenario modules of one tree, and what each can load."""

    tree: Workspace
    home: str
    python: frozenset[str]
    reach: Reach = field(init=False)
    modules: tuple[str, ...] = field(init=False)
    folders: frozenset[str] = field(init=False)
    settings: str = field(init=False)
    sides: Mapping[str, object] = field(init=False)
    _subjects: dict[str, frozenset[str]] = field(default_factory=dict)
    _loaded: dict[str, Loaded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the scenario modules."""
        self.reach = Reach(self.tree, (*self.tree.roots, self.home, "."), self.python)
        below = [each.removeprefix(f"{self.home}/") for each in self.python]
        self.modules = tuple(each for each in below if _SCENARIOS.fullmatch(each))
        self.folders = frozenset(each.rpartition("/")[0] for each in self.python)
        settings = self.tree.read(f"{self.home}/{_SETTINGS}") or b""
        self.settings = settings.decode("utf-8", "replace")
        try:
            known = yaml.safe_load(self.tree.read(f"{self.home}/{FILE}") or b"")
        except yaml.YAMLError:
            known = None
        self.sides = known if isinstance(known, dict) else {}

    def loaded(self, module: str) -> Loaded:
        """Return what a scenario module can load, with its conftests and its subject."""
        if module not in self._loaded:
            path = f"{self.home}/{module}"
            parents = [parent.as_posix() for parent in PurePosixPath(path).parents]
            conftests = [f"{p}/conftest.py" for p in parents if f"{p}/".startswith(self.home)]
            role = PurePosixPath(module).parts[1]
            named = self.reach.named(name_of(path, self.reach.roots))
            if role not in self._subjects:
                self._subjects[role] = frozenset((*self._subject(role), *self._set_up()))
            seeds = {path, *named, *conftests, *self._subjects[role]}
            self._loaded[module] = self.reach.from_(seeds)
        return self._loaded[module]

    def _subject(self, role: str) -> Iterator[str]:
        sides = references(self.sides, role)
        reference = sides.get(side_now(sides, self._text), "")
        if reference:
            yield from self.reach.named(reference.partition(":")[0])

    def _set_up(self) -> Iterator[str]:
        """Yield the plugins of the tree that the settings name."""
        for name in names_in(self.settings):
            yield from self.reach.named(name)

    def _text(self, module: str) -> bytes | None:
        paths = paths_of(module, self.tree.roots)
        return next((raw for path in paths if (raw := self.tree.read(path)) is not None), None)


@dataclass(frozen=True, slots=True)
class _Touched:
    """What the changed paths mean for the scenarios of one tree."""

    scenarios: _Scenarios
    changed: frozenset[str]

    def everything(self) -> Iterator[str]:
        """Yield why all scenarios are affected, if they are."""
        for word in _OWN_WAYS:
            if word in self.scenarios.settings:
                yield f"{_SETTINGS} has {word}"
        if not self.scenarios.sides:
            yield f"{FILE} names no class"
        roots = [prefix_of(root) for root in self.scenarios.tree.roots]
        pins = f"{self.scenarios.home}/pins/"
        for path in sorted(self.changed):
            if any(path.startswith(f"{root}{ENGINE}/") for root in roots):
                yield f"{path} belongs to what compares the pins"
            elif not path.endswith(".py") and not path.startswith(pins):
                below = path.startswith(tuple(filter(None, roots)))
                if not below or self._package(path) is None:
                    yield f"nobody can tell who reads {path}"

    def reaches(self, module: str) -> str | None:
        """Return None for a scenario module that is not affected, else why it cannot be told."""
        loaded = self.scenarios.loaded(module)
        if loaded.open_end:
            return loaded.open_end
        folders = {path.rpartition("/")[0] for path in loaded.paths}
        pins = f"{self.scenarios.home}/pins/"
        own_pins = f"{pins}{_scenarios_of(module)}/"
        for path in self.changed:
            if path.startswith(pins):
                touched = path.startswith(own_pins)
            elif path.endswith(".py"):
                touched = path in loaded.paths
            else:
                touched = self._package(path) in folders
            if touched:
                return ""
        return None

    def _package(self, path: str) -> str | None:
        """Return the nearest folder above a data file that has modules in it."""
        above = map(str, PurePosixPath(path).parents)
        return next((folder for folder in above if folder in self.scenarios.folders), None)


def _by_role(chosen: Iterable[str], modules: Iterable[str]) -> Iterator[str]:
    """Yield the folder of a role that is chosen as a whole, and else its modules."""
    wanted = set(chosen)
    roles: dict[str, list[str]] = {}
    for path in modules:
        roles.setdefault("/".join(path.split("/")[:2]), []).append(path)
    for folder, paths in roles.items():
        yield from [folder] if wanted.issuperset(paths) else filter(wanted.__contains__, paths)


def _scenarios_of(path: str) -> str:
    module = PurePosixPath(path)
    folder = module.parent.relative_to(FOLDER)
    return (folder / module.stem.removeprefix("test_")).as_posix()
