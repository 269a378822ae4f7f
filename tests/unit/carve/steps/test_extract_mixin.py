"""Extracting a mixin: it changes, leaves alone, has nothing to do, refuses; and byte for byte."""

from pathlib import Path

import pytest
from carving import HOST, MIXIN, extract, god, objection, plan, python, refused, tree

from carve.steps.outcome import Planned, Skipped

TEXT = '''\
"""A module."""

import os
import sys  # for the path


class Base:
    size: int = 3


class God(Base):
    """Does it all."""

    limit = 1

    # How it runs.
    @staticmethod
    def run(path: str) -> str:
        return os.fspath(path)  # as text

    @property
    def total(self) -> int:
        """How much."""
        return self.limit + self.size

    @total.setter
    def total(self, value: int) -> None:
        self.limit = value - self.size
        # Nothing else changes.

    def stop(self) -> str:
        return sys.prefix
'''


def test_it_moves_text_byte_for_byte(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, TEXT), "run", "total")
    moved = TEXT[TEXT.index("    # How it runs.") : TEXT.index("    def stop")].rstrip() + "\n"
    assert texts[MIXIN].endswith(moved)
    before = TEXT.replace(moved + "\n", "").replace("God(Base)", "God(MixinRun, Base)")
    imports = "import sys  # for the path\n"
    expected = before.replace(imports, f"{imports}\nfrom pkg.mixin_run import MixinRun\n")
    assert texts[HOST] == expected


def test_it_says_what_it_needs(tmp_path: Path) -> None:
    text = extract(god(tmp_path, TEXT), "total")[MIXIN]
    assert "Needs `self.limit`, `self.size` from the class" in text
    assert "    if TYPE_CHECKING:\n        limit: Any\n        size: int\n" in text


def test_it_says_what_moved_lines_of_the_constructor_need(tmp_path: Path) -> None:
    text = """\
class God:
    def __init__(self) -> None:
        super().__init__()
        self.stock: list[str] = self.load()

    def load(self) -> list[str]:
        return []
"""
    mixin = extract(god(tmp_path, text), "stock")[MIXIN]
    assert "Needs `self.load` from the class" in mixin
    assert "        def load(self) -> list[str]: ...\n" in mixin


def test_a_planned_step_says_what_it_amounts_to(tmp_path: Path) -> None:
    planned = plan(god(tmp_path, TEXT), "run")
    assert isinstance(planned, Planned)
    assert planned.title == "Extract MixinRun from God"
    assert [edit.path for edit in planned.edits] == [MIXIN, HOST]
    assert (planned.members, planned.lines) == (("run",), 4)
    assert planned.notes[0].startswith("pkg.god no longer uses os; they stay importable")
    assert not (tmp_path / MIXIN).exists()


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT)
    planned = plan(workspace, "run", "total")
    assert isinstance(planned, Planned)
    assert plan(workspace.after(planned.edits), "run", "total") == Skipped(
        "God already inherits MixinRun"
    )


@pytest.mark.parametrize(
    ("options", "message", "instead"),
    [
        ({"source": "pkg.gods:God"}, "there is no module 'pkg.gods'", "did you mean pkg.god?"),
        ({"source": "pkg.god:Gods"}, "there is no class 'Gods'", "did you mean God?"),
        ({"members": ("rum",)}, "God has no member 'rum' of its own", "did you mean run?"),
        ({"helpers": ("Bise",)}, "pkg.god has no top-level name 'Bise'", "did you mean Base?"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(
    options: dict[str, tuple[str, ...]], message: str, instead: str, tmp_path: Path
) -> None:
    members = options.get("members", ("run",))
    rest = {key: value for key, value in options.items() if key != "members"}
    found = objection(god(tmp_path, TEXT), "names-exist", *members, **rest)
    assert found.message.startswith(message)
    assert found.instead == instead


def test_all_objections_are_told_at_once(tmp_path: Path) -> None:
    text = "class God:\n    def run(self):\n        global X\n        return __class__, self.__x\n"
    checks = {finding.check for finding in refused(god(tmp_path, text), "run")}
    assert checks >= {"globals-statement", "host-by-name", "mangled-names"}


ENCODED = {
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "bom": b"\xef\xbb\xbf" + TEXT.encode(),
    "latin-1": ("# coding: latin-1\n" + TEXT.replace("as text", "as \xe4")).encode("latin-1"),
    "tabs": TEXT.replace("    ", "\t").encode(),
    "two blanks": TEXT.replace("    ", "  ").encode(),
    "form feed": TEXT.replace("class God", "\f\nclass God").encode(),
    "no last newline": TEXT.rstrip().encode(),
    "line end in a text": TEXT.replace('"""How much."""', '"""How\n    # much."""').encode(),
}


@pytest.mark.parametrize("kind", ENCODED)
@pytest.mark.parametrize("members", [("run",), ("total",), ("stop",), ("run", "total", "stop")])
def test_the_file_keeps_its_ways(kind: str, members: tuple[str, ...], tmp_path: Path) -> None:
    raw = ENCODED[kind]
    planned = plan(god(tmp_path, raw), *members)
    assert isinstance(planned, Planned)
    mixin, host = (edit.after for edit in planned.edits)
    assert host.startswith(raw[:16])
    if kind == "crlf":
        assert b"\n" not in (host + mixin).replace(b"\r\n", b"")
    if kind == "latin-1" and "run" in members:
        assert "as \xe4".encode() in mixin
    if kind == "tabs":
        assert b"\n    " not in mixin
    compile(host, "host", "exec", dont_inherit=True)
    compile(mixin, "mixin", "exec", dont_inherit=True)


LONG = "A" * 70
HEADERS = {
    "class God:": "class God(MixinRun):",
    "class God():": "class God(MixinRun):",
    "class God( object ):": "class God(MixinRun,  object ):",
    "class God:  # one (of many)": "class God(MixinRun):  # one (of many)",
    "class God(metaclass=ABCMeta):": "class God(MixinRun, metaclass=ABCMeta):",
    "class God(\n    A,\n    B,\n):": "class God(\n    MixinRun,\n    A,\n    B,\n):",
    "class God(A,\n          B):": "class God(MixinRun, A,\n          B):",
    "class God(\n\n    A,\n):": "class God(\n    MixinRun,\n\n    A,\n):",
    "class God(  # why\n    A,\n):": "class God(MixinRun,   # why\n    A,\n):",
    f"class God({LONG}, A[int]):": f"class God(\n    MixinRun,\n    {LONG},\n    A[int],\n):",
    f"class God({LONG}, metaclass=ABCMeta):  ": (
        f"class God(\n    MixinRun,\n    {LONG},\n    metaclass=ABCMeta,\n):"
    ),
    f"class God({LONG}):  # why": f"class God(MixinRun, {LONG}):  # why",
}


@pytest.mark.parametrize("header", HEADERS)
def test_the_mixin_becomes_the_first_base(header: str, tmp_path: Path) -> None:
    text = 'from abc import ABCMeta\nfrom typing import Generic, TypeVar\n\nT = TypeVar("T")\n'
    text += f"\n\nclass A(Generic[T]): ...\n\n\nclass B: ...\n\n\nclass {LONG}: ...\n\n\n"
    body = "\n    def run(self):\n        return 1\n    # The end.\n"
    new = extract(god(tmp_path, text + header + body), "run")[HOST]
    assert f"\n\n\n{HEADERS[header]}\n    pass\n" in new


def test_comments_below_an_emptied_body_go_along(tmp_path: Path) -> None:
    text = "class God:\n    def run(self):\n        return 1\n        # Done.\n\n\nX = 1\n"
    texts = extract(god(tmp_path, text), "run")
    assert texts[HOST].endswith("class God(MixinRun):\n    pass\n\n\nX = 1\n")
    assert texts[MIXIN].endswith("        return 1\n        # Done.\n")


@pytest.mark.parametrize(
    "before",
    ["", '"""Only a docstring."""\n', "#!/usr/bin/env python\n# Comment.\n", "import a.b as c\n"],
)
@pytest.mark.parametrize("after", ["", "import os  # at the end\n"])
def test_the_import_stands_before_its_use(before: str, after: str, tmp_path: Path) -> None:
    text = f"{before}class God:\n    def run(self):\n        return 1\n\n\n{after}"
    new = extract(god(tmp_path, text), "run")[HOST]
    assert new.index("import MixinRun") < new.index("class God")
    compile(new, "host", "exec", dont_inherit=True)


def test_the_import_is_sorted_in(tmp_path: Path) -> None:
    text = "import os\n\nfrom pkg.a import x\nfrom pkg.z import y\n\n\nclass God:\n    run = 1\n"
    new = extract(god(tmp_path, text, a="x = 1\n", z="y = 1\n"), "run")[HOST]
    assert "import x\nfrom pkg.mixin_run import MixinRun\nfrom pkg.z" in new


def test_imports_keep_their_form(tmp_path: Path) -> None:
    text = (
        "from __future__ import annotations\n\nimport collections.abc\nimport os.path as p\n"
        "from typing import TYPE_CHECKING\n\nfrom . import tools as t\nfrom .tools import two\n\n"
        "if TYPE_CHECKING:\n    from uuid import UUID\n\n\nclass God:\n"
        "    def run(self, a: UUID, b: 'UUID') -> collections.abc.Sized:\n"
        "        return p, t, two, collections.abc\n"
    )
    new = extract(god(tmp_path, text, tools="two = 2\n"), "run")[MIXIN]
    assert new.split("\n\n\nclass")[0].split('."""\n\n')[1] == (
        "from __future__ import annotations\n\nimport collections.abc\nimport os.path as p\n"
        "from typing import TYPE_CHECKING\n\nfrom pkg import tools as t\n"
        "from pkg.tools import two\n\nif TYPE_CHECKING:\n    from uuid import UUID"
    )


def test_dropped_imports_go_and_the_others_keep_their_lines(tmp_path: Path) -> None:
    text = (
        "import os\nfrom typing import (\n    Any,  # first\n    cast,\n    overload,  # last\n)\n"
        "from re import compile, escape\n\n\nclass God:\n    def run(self):\n"
        "        return os, cast, escape\n\n    def stop(self):\n        return Any, compile\n"
    )
    new = extract(god(tmp_path, text), "run", drops=("os", "cast", "escape"))[HOST]
    assert new.startswith(
        "from typing import (\n    Any,  # first\n    overload,  # last\n)\n"
        "from re import compile\n"
    )


def test_helpers_move_and_stay_importable(tmp_path: Path) -> None:
    text = (
        "_A = 2\n\n\n# Twice.\ndef _twice(n):\n    return n * _A\n\n\nclass God:\n"
        "    def run(self):\n        return _twice(2)\n\n    def stop(self):\n        return _A\n"
    )
    workspace = god(tmp_path, text)
    texts = extract(workspace, "run", helpers=("_twice", "_A"))
    assert texts[HOST].startswith("from pkg.mixin_run import _A, MixinRun, _twice as _twice\n")
    assert "_A = 2\n\n\n# Twice.\ndef _twice(n):\n" in texts[MIXIN]
    for path, new in texts.items():
        (tmp_path / path).write_text(new)
    code = "from pkg.god import God, _A, _twice; print(God().run(), God().stop(), _twice(_A))"
    assert python(tmp_path / "src", code) == "4 2 4\n"


@pytest.mark.parametrize("step", ["    ", "  ", "\t"])
def test_attributes_move_in_order_with_their_comments(step: str, tmp_path: Path) -> None:
    text = (
        "class God:\n    def __init__(self, n: int):\n        super().__init__()\n"
        "        # First.\n        self.a: dict[str, int] = {}\n        self.n = n\n"
        "        self.b = 2  # second\n\n    def run(self):\n"
        "        return self.a, self.b, self.n\n"
    )
    texts = extract(god(tmp_path, text.replace("    ", step)), "b", "a", "run")
    assert (
        "super().__init__(*args, **kwargs)\n        # First.\n"
        "        self.a: dict[str, int] = {}\n        self.b = 2  # second\n"
    ).replace("    ", step) in texts[MIXIN]
    assert "n: int" in texts[MIXIN]
    for path, new in texts.items():
        (tmp_path / path).write_text(new)
    assert python(tmp_path / "src", "from pkg.god import God; print(God(1).run())") == (
        "({}, 2, 1)\n"
    )


def test_needs_are_typed_as_far_as_the_code_says(tmp_path: Path) -> None:
    text = """\
from pathlib import Path
from typing import overload


class Base:
    def __init__(self, folder: Path, *, count=3) -> None:
        self.folder = folder
        self.name: "str" = "x"
        self.count = 1

    @property
    def half(self) -> float:
        return 0.5

    async def load(self, at: Path, *rest: int, deep: bool = False) -> Path:
        return at


class God(Base):
    def run(self):
        return self.folder, self.name, self.count, self.half, self.load, self.unknown
"""
    new = extract(god(tmp_path, text), "run")[MIXIN]
    assert new.split("if TYPE_CHECKING:\n        ")[1].split("\n\n    def run")[0] == (
        "count: int\n        folder: Path\n        half: float\n        name: Any\n"
        "        unknown: Any\n\n"
        "        async def load(self, at: Path, *rest: int, deep: bool = ...) -> Path: ..."
    )


def test_a_package_as_the_host(tmp_path: Path) -> None:
    text = "from .tools import two\n\n\nclass God:\n    def run(self):\n        return two\n"
    files = {"src/pkg/__init__.py": text, "src/pkg/tools.py": "two = 2\n"}
    workspace = tree(tmp_path, files)
    for path, new in extract(workspace, "run", source="pkg:God").items():
        (tmp_path / path).write_text(new)
    assert python(tmp_path / "src", "import pkg; print(pkg.God().run())") == "2\n"


def test_long_declarations_get_a_line_for_each_parameter(tmp_path: Path) -> None:
    text = """\
class God:
    def run(self):
        return self.store([])

    async def store(
        self, /, some: dict[str, int], *others: tuple[int, str], named: str, **rest: int
    ) -> int:
        return self.run()
"""
    new = extract(god(tmp_path, text), "run")[MIXIN]
    assert new.split("if TYPE_CHECKING:\n\n        ")[1].split("\n\n    def run")[0] == (
        "async def store(\n"
        "            self,\n"
        "            /,\n"
        "            some: dict[str, int],\n"
        "            *others: tuple[int, str],\n"
        "            named: str,\n"
        "            **rest: int,\n"
        "        ) -> int: ..."
    )


def test_declarations_are_written_as_a_formatter_would(tmp_path: Path) -> None:
    text = """\
class God:
    def run(self):
        return self.store(1), self.find()

    def store(self, a, /, b: int = 1, *rest, c=2, d: "list[int]" = (), e: int, **more: int):
        return a

    @classmethod
    def find(cls, *, b=3):
        return b
"""
    new = extract(god(tmp_path, text.replace('"list[int]"', "list[int]")), "run")[MIXIN]
    assert "        @classmethod\n        def find(cls, *, b=...): ...\n" in new
    assert (
        """\
        def store(
            self,
            a,
            /,
            b: int = ...,
            *rest,
            c=...,
            d: list[int] = ...,
            e: int,
            **more: int,
        ): ...
"""
        in new
    )
