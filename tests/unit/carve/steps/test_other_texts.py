"""A step named by classes and members does the same to the same program written otherwise."""

import os
import random
from pathlib import Path
from typing import Any

import pytest
from carving import python, tree
from varying import KINDS, some, vary

from carve.plan.load import build_plan
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

EXAMPLES = int(os.environ.get("CARVE_EXAMPLES", "2"))

GOD = '''\
"""A store and what it does."""

import functools
from typing import TYPE_CHECKING, Any

from pkg.parts import Base, shout

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["God"]

LIMIT = 3


def _twice(words: list[str]) -> list[str]:
    """Each word two times."""
    # Shortest first.
    ordered = sorted(words, key=len)
    return [word for word in ordered for _ in range(2)]


class God(Base):
    """Does it all."""

    kind = "god"
    sizes: tuple[int, ...] = (1, 2)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        # What came in.
        self.items: list[str] = []
        self.seen = 0

    def add(self, *names: str, loud: bool = False) -> int:
        """Take the names in."""
        for name in names:
            text = shout(name) if loud else name
            self.items.append(text)
        total = len(self.items)
        return total

    # Counted anew each time.
    @property
    def total(self) -> int:
        return len(self.items) + self.seen

    @total.setter
    def total(self, value: int) -> None:
        self.seen = value

    @staticmethod
    def join(words: "Iterable[str]") -> str:
        return ", ".join(words)

    def summary(self, start: str = "<", *, end: str = ">") -> str:
        """Say what is in it."""
        words = _twice(self.items)[:LIMIT]
        body = self.join(words)
        return f"{start}{self.kind}: {body} ({self.total}){end}"  # as others do

    @functools.cached_property
    def first(self) -> Any:
        try:
            found = self.items[0]
        except IndexError as error:
            return repr(error)
        return found

    def title(self) -> str:
        return super().title() + "!"
'''
PARTS = '''\
"""What a store is made of."""


def shout(text: str) -> str:
    return text.upper()


class Base:
    def __init__(self, name: str) -> None:
        self.name = name

    def title(self) -> str:
        return self.name.title()
'''
USER = '''\
"""Prints all that a store can do."""

import pkg.god as gods
from pkg.god import God
from pkg.parts import Base

god = God("ann")
print(god.add("b", "a", loud=True), god.total, god.summary(), god.first, god.title())
god.total = 7
print(gods.God.join(["x", "y"]), God.summary(god, end="|"), isinstance(god, Base), God.sizes)
print(getattr(gods, "LIMIT", None), god.__class__.__name__ != "Base", sorted(vars(god)))
'''
LOADER = '''\
"""Loads {word}s."""

from pkg.parts import Base, shout

LIMIT = {limit}


class {name}(Base):
    """One of {word}s."""

    def _load(self, path: str, strict: bool = True) -> list[str]:
        """Return what was read."""
        # Names are told from their paths.
        found = [part for part in path.split("/") if part]
        if not found and strict:
            raise ValueError(f"no {word} in {{path!r}}: {{self.name}}")
        text = "{word}"
        found.append(shout(text))
        {line}
        return found

    def _status(self) -> dict[str, str]:
        result = {{"name": self.name, "kind": "{word}"}}
        return result

    def show(self) -> list[object]:
        shown: list[object] = [self._load("a/b"), self._status(), LIMIT]
        try:
            self._load("")
        except ValueError as error:
            shown.append(str(error))
        return shown
'''
ALIKE = {
    "src/pkg/parts.py": PARTS,
    "src/pkg/a.py": LOADER.format(word="ant", name="A", limit=1, line="found.sort()"),
    "src/pkg/b.py": LOADER.format(word="bee", name="B", limit=2, line="found.reverse()"),
    "src/pkg/user.py": (
        'from pkg.a import A\nfrom pkg.b import B\n\nprint(A("x").show(), B("y").show())\n'
    ),
}
STORE = {"src/pkg/god.py": GOD, "src/pkg/parts.py": PARTS, "src/pkg/user.py": USER}
_HELPERS = GOD[GOD.index("LIMIT = ") : GOD.index("class God")]
_PRIVATE = f"\n\n{_HELPERS}"


def _public(name: str) -> str:
    """Return the module of the store under another name, with its helpers imported."""
    text = GOD.replace(_HELPERS, "").replace("God", name)
    return text.replace("import Base, shout", "import LIMIT, Base, _twice, shout")


BASES = {
    "src/pkg/parts.py": PARTS + _PRIVATE,
    "src/pkg/old.py": _public("Old"),
    "src/pkg/new.py": _public("New"),
    "src/pkg/god.py": "from pkg.old import Old\n\n\nclass God(Old):\n    more = 1\n",
    "src/pkg/user.py": USER.replace("print(getattr(gods", "print(god.more, getattr(gods"),
}
DEPOT = '''\
"""Where stores are kept."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def where(path: "Path") -> str:
    name = path.name
    return name
'''
FULL = {**STORE, "src/pkg/depot.py": DEPOT}
EXTRACT = {
    "do": "extract_mixin",
    "from": "pkg.god:God",
    "to": "pkg.mixin_summary:MixinSummary",
    "members": ["summary", "join", "total", "items", "seen", "kind", "first"],
    "helpers": ["_twice", "LIMIT"],
}
MERGE = {
    "do": "merge_members",
    "from": ["pkg.a:A", "pkg.b:B"],
    "to": "pkg.mixin_load:MixinLoad",
    "members": ["_load", "_status"],
    "parameters": [{"name": "word", "values": ["'ant'", "'bee'"]}],
    "hooks": ["_arrange"],
}
MOVE = {
    "do": "move_symbol",
    "from": "pkg.god:God",
    "to": "pkg.depot",
    "helpers": ["_twice", "LIMIT"],
}
RENAME = {"do": "rename_symbol", "from": "pkg.god:God", "to": "Depot"}
REPLACE = {"do": "replace_base", "from": "pkg.old:Old", "to": "pkg.new:New"}
# Two bases are the same only with the same members and local variables.
ALL = tuple(KINDS)
PLAIN = tuple(kind for kind in KINDS if kind not in ("extras", "locals"))


@pytest.mark.parametrize("seed", range(EXAMPLES))
@pytest.mark.parametrize(
    ("files", "step", "kinds"),
    [
        pytest.param(STORE, EXTRACT, ALL, id="extract_mixin"),
        pytest.param(ALIKE, MERGE, ALL, id="merge_members"),
        pytest.param(STORE, MOVE, ALL, id="move_symbol"),
        pytest.param(FULL, MOVE, ALL, id="move_symbol_into"),
        pytest.param(STORE, RENAME, ALL, id="rename_symbol"),
        pytest.param(BASES, REPLACE, PLAIN, id="replace_base"),
    ],
)
def test_the_same_program_in_other_words(
    files: dict[str, str], step: dict[str, Any], kinds: tuple[str, ...], seed: int, tmp_path: Path
) -> None:
    chance = random.Random(f"{step['do']}{seed}")  # noqa: S311 - the same choice in every run
    chosen = some(chance, kinds)
    ends = chance.choice(["\n", "\n", "\r\n"])
    texts = {path: vary(text, chance, *chosen).replace("\n", ends) for path, text in files.items()}
    plan = build_plan({"format": 1, "steps": [{"id": "01", "why": "it is time", **step}]})
    workspace = tree(tmp_path, texts)
    before = python(tmp_path / "src", "import pkg.user")
    planned = step_for(plan.steps[0]).plan(workspace)
    assert isinstance(planned, Planned)
    workspace.write(planned.edits)
    assert python(tmp_path / "src", "import pkg.user") == before
    for edit in planned.edits:
        assert ((edit.after or b"").count(b"\r\n") > 0) is (ends == "\r\n"), edit.path
    again = step_for(plan.steps[0]).plan(Workspace(tmp_path))
    assert isinstance(again, Skipped)
