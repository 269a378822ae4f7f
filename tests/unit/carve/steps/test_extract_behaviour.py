"""Whatever a small class does, it does the same after any of its members have moved."""

import ast
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from carving import HOST, god, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carve.errors import StepRefused
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

HEAD = (
    "import asyncio\nimport functools\n\n\nclass Base:\n    def base(self):\n        return 'b'\n"
)
# Every member is callable as `God().name()`, or an attribute that can be shown.
MEMBERS = {
    "limit": "    limit = 3\n",
    "names": "    names: list[str] = ['a', 'b']  # two\n",
    "plain": "    # Uses a constant.\n    def plain(self):\n        return self.limit * 2\n",
    "calls": "    def calls(self, n=2, *, m=limit):\n        return self.plain() + n + m\n",
    "total": (
        "    @property\n    def total(self):\n        return self.count\n\n"
        "    @total.setter\n    def total(self, value):\n        self.count = value\n"
    ),
    "sets": "    def sets(self):\n        self.total = 9\n        return self.total, self.count\n",
    "static": "    @staticmethod\n    def static(n=1):\n        return n + 1\n",
    "klass": "    @classmethod\n    def klass(cls):\n        return cls.__name__, cls.limit\n",
    "waits": "    async def waits(self):\n        return self.static()\n",
    "drives": "    def drives(self):\n        return asyncio.run(self.waits())\n",
    "nested": (
        "    def nested(self):\n        def inner():\n            return [n for n in self.names]\n\n"  # noqa: E501 - one member a line
        "        return inner()\n        # The end.\n"
    ),
    "cached": "    @functools.cached_property\n    def cached(self):\n        return len(self.names)\n",  # noqa: E501 - one member a line
    "base": "    def base(self):\n        return super().base() + '!'\n",
    "text": "    def text(self):\n        return '''a\n    # no comment'''\n",
    "alias": "    alias = plain\n",
    "private": "    def private(self):\n        return self.__doc__, self.items\n",
}
ATTRIBUTES = {
    "count": "        self.count = 0\n",
    "items": "        # Many.\n        self.items = []\n",
}
SHOW = """
def show(module):
    result = []
    for name in NAMES:
        try:
            value = getattr(module.God(), name)
            value = value() if callable(value) else value
        except Exception as error:
            value = repr(error)
        if hasattr(value, "close"):
            value.close()
            value = "coroutine"
        result.append((name, value))
    return result
"""


@contextlib.contextmanager
def _imported(folder: Path) -> Iterator[object]:
    """Import the tree's `pkg.god` afresh, and forget it afterwards."""
    sys.path.insert(0, str(folder / "src"))
    writing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        __import__("pkg.god")
        yield sys.modules["pkg.god"]
    finally:
        sys.path.remove(str(folder / "src"))
        sys.dont_write_bytecode = writing
        sys.path_importer_cache.clear()
        for name in [name for name in sys.modules if name.partition(".")[0] == "pkg"]:
            del sys.modules[name]


def _behaviour(folder: Path) -> object:
    scope: dict[str, object] = {"NAMES": [*MEMBERS, *ATTRIBUTES]}
    exec(SHOW, scope)  # noqa: S102 - our own text above
    show = scope["show"]
    assert callable(show)
    with _imported(folder) as module:
        return show(module)


def _tokens(text: str) -> int:
    kinds = ast.Constant | ast.Attribute
    return sum(isinstance(node, kinds) for node in ast.walk(ast.parse(text)))


def _planned(workspace: Workspace, moved: list[str]) -> Planned | None:
    """Return the plan; None for a refusal, which must not be a fault of carve's own."""
    try:
        planned = plan(workspace, *moved)
    except StepRefused as refusal:
        faults = [f for f in refusal.findings if "fault" in f.instead]
    else:
        assert isinstance(planned, Planned)
        return planned
    assert not faults
    return None


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(
    present=st.lists(st.sampled_from(sorted(MEMBERS)), min_size=2, unique=True),
    data=st.data(),
    crlf=st.booleans(),
)
def test_any_members_of_any_class(present: list[str], data: st.DataObject, *, crlf: bool) -> None:
    order = [name for name in MEMBERS if name in present]
    moved = data.draw(
        st.lists(st.sampled_from([*order, *ATTRIBUTES]), min_size=1, unique=True), "moved"
    )
    init = "    def __init__(self):\n        super().__init__()\n" + "".join(ATTRIBUTES.values())
    text = HEAD + "\n\nclass God(Base):\n" + "\n".join([init, *(MEMBERS[n] for n in order)])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = god(folder, text.replace("\n", "\r\n") if crlf else text)
        try:
            before = _behaviour(folder)
        except NameError:
            return  # a default or an alias without its name: no class at all
        planned = _planned(workspace, moved)
        if planned is None:
            return
        assert isinstance(plan(workspace.after(planned.edits), *moved), Skipped)
        workspace.write(planned.edits)
        assert _behaviour(folder) == before
        mixin, host = (edit.after.decode() for edit in planned.edits)
        assert _tokens(mixin + host) >= _tokens(text)
        assert (folder / HOST).read_bytes() == planned.edits[1].after
