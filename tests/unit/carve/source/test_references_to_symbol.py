"""Where a name is referred to: found in every form, told from what only looks like it."""

from pathlib import Path

import pytest
from carving import tree

from carve.plan.refs import ClassRef
from carve.source.references.model import Reference
from carve.source.references.search import references_to

GOD = "class God: ...\n"


def found(folder: Path, **others: str) -> list[Reference]:
    """Search for `pkg.god:God`; keywords are modules of `pkg`, `/` starts any other path."""
    files = {"src/pkg/god.py": GOD}
    for name, text in others.items():
        files[f"src/pkg/{name}.py"] = text
    return references_to(tree(folder, files), ClassRef("pkg.god", "God"))


def in_file(folder: Path, path: str, text: str, **others: str) -> list[tuple[str, str]]:
    """Return standing and kind of each reference in one more file."""
    rest = {f"src/pkg/{name}.py": other for name, other in others.items()}
    workspace = tree(folder, {"src/pkg/god.py": GOD, path: text, **rest})
    references = references_to(workspace, ClassRef("pkg.god", "God"))
    return [(one.standing, one.kind) for one in references if one.path == path]


SURE = {
    "from": "from pkg.god import God\nGod()\n",
    "from, relative": "from .god import God\nGod()\n",
    "from, as itself": "from .god import God as God\nGod()\n",
    "attribute of a submodule": "import pkg.god\npkg.god.God()\n",
    "attribute of an alias": "import pkg.god as g\ng.God()\n",
    "attribute of a module taken from its package": "from pkg import god\ngod.God()\n",
    "inside of a function": "def f():\n    from pkg.god import God\n    return God()\n",
    "under a condition": "try:\n    from .god import God\nexcept ImportError:\n    God = None\n",
    "star": "from pkg.god import *\nGod()\n",
    "type checking": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .god import God\n"
        "def f(a: 'God', b: 'list[God]') -> 'God | None': ...\n"
    ),
    "cast": "from typing import cast\nfrom .god import God\nx = cast('God', 1)\n",
    "export": "from .god import God\n__all__ = ['God']\n",
    "getattr": "from pkg import god\ngetattr(god, 'God')\n",
    "import_module": "import importlib\nimportlib.import_module('pkg.god').God()\n",
    "import_module kept": "import importlib as i\nm = i.import_module('.god', 'pkg')\nm.God()\n",
    "sys.modules": "import sys\nsys.modules['pkg.god'].God()\n",
    "patch": "from unittest.mock import patch\npatch('pkg.god.God')\n",
    "patch.object": "import mock\nfrom . import god\nmock.patch.object(god, 'God')\n",
    "patch.multiple": "from unittest.mock import patch\npatch.multiple('pkg.god', God=1)\n",
    "monkeypatch": "def test(monkeypatch):\n    monkeypatch.setattr('pkg.god.God', 1)\n",
    "dotted": "x = 'pkg.god.God'\n",
    "colon": "x = 'pkg.god:God'\n",
    "member of it": "x = 'pkg.god.God.run'\n",
    "put together": "MODULE = 'pkg.god'\nx = f'{MODULE}.God'\n",
    "global": "from .god import God\ndef f():\n    global God\n    God = 1\n",
    "f-string": "from .god import God\nx = f'{God()} of {God!r}'\n",
    "default and decorator": "from .god import God\n@God\ndef f(a=God): ...\n",
    "comprehension": "from .god import God\nx = [God for _ in God() if God]\n",
    "closure": "from .god import God\ndef f():\n    def g():\n        return God\n    return g\n",
    "comment": "x = 1  # see pkg.god.God\n",
    "docstring": '"""See `God` and :class:`pkg.god.God`."""\n',
}


@pytest.mark.parametrize("form", SURE)
def test_it_is_found_and_certain(form: str, tmp_path: Path) -> None:
    references = in_file(tmp_path, "src/pkg/user.py", SURE[form])
    text = SURE[form]
    other = text.count("God") - text.count("getGod")
    assert [standing for standing, _ in references] == ["sure"] * other


OTHER = {
    "another class": "class God: ...\nGod()\n",
    "another module's": "from json import God\nGod()\n",
    "argument": "def f(God):\n    return God\n",
    "local": "def f():\n    God = 1\n    return God\n",
    "keyword": "dict(God=1)\n",
    "attribute of another module": "import json\njson.God\n",
    "attribute of a class": "class A:\n    God = 1\nA.God\n",
    "member": "class A:\n    God = 1\n    def f(self):\n        return self.God\n",
    "getattr of another module": "import json\ngetattr(json, 'God')\n",
    "dotted elsewhere": "x = 'json.God'\ny = 'pkg.good.God'\n",
    "part of a word": "x = 'pkg.god.Goddess'\nGodot = 1\n",
    "except": "try: ...\nexcept OSError as God:\n    God\n",
    "text": "raise ValueError('God is gone')\n",
}


@pytest.mark.parametrize("form", OTHER)
def test_what_only_looks_like_it_is_not_taken_for_it(form: str, tmp_path: Path) -> None:
    references = in_file(tmp_path, "src/pkg/user.py", OTHER[form])
    assert {standing for standing, _ in references} <= {"prose"}


UNSURE = {
    "bare text": "x = {'kind': 'God'}\n",
    "by name of something": "def f(thing):\n    return getattr(thing, 'God')\n",
    "attribute of something": "def f(thing):\n    return thing.God\n",
    "class scope": "from .god import God\nclass A:\n    x = God\n    God = 1\n",
    "part of the path": "x = 'god.God'\n",
    "pickled": "x = b'cpkg.god God .'\n",
    "put together of something": "def f(module):\n    return f'{module}.God'\n",
}


@pytest.mark.parametrize("form", UNSURE)
def test_what_may_be_it_is_unsure(form: str, tmp_path: Path) -> None:
    references = in_file(tmp_path, "src/pkg/user.py", UNSURE[form])
    assert "unsure" in {standing for standing, _ in references}


def test_attributes_of_anything_are_members_where_classes_have_such_a_member(
    tmp_path: Path,
) -> None:
    text = "def f(thing):\n    return thing.God\n"
    other = "class A:\n    God = 1\n"
    assert in_file(tmp_path, "src/pkg/user.py", text, a=other) == []


@pytest.mark.parametrize(
    "way",
    [
        {"hub": "from .god import God\n"},
        {"hub": "from .god import *\n"},
        {"hub": "from . import god\nGod = god.God\n"},
        {"hub": "from .other import God\n", "other": "from pkg.god import God as God\n"},
        {"hub": "_LAZY = {'God': 'pkg.god'}\n\ndef __getattr__(name):\n    return _LAZY[name]\n"},
        {
            "hub": "def __getattr__(name):\n    if name == 'God':\n"
            "        from .god import God\n        return God\n    raise AttributeError(name)\n"
        },
    ],
)
def test_reexports_are_followed(way: dict[str, str], tmp_path: Path) -> None:
    user = "from pkg.hub import God\nimport pkg.hub\npkg.hub.God\nx = 'pkg.hub.God'\n"
    references = found(tmp_path, user=user, **way)
    mine = [one for one in references if one.path.endswith("user.py")]
    assert [(one.line, one.standing) for one in mine] == [(1, "sure"), (3, "sure"), (4, "sure")]
    assert all(one.standing == "sure" for one in references)


def test_circles_of_imports_end(tmp_path: Path) -> None:
    references = found(
        tmp_path, a="from .b import God\n", b="from .a import God\n", c="God = God\n"
    )
    assert {one.path for one in references if one.standing == "sure"} == {"src/pkg/god.py"}


def test_a_place_is_told_exactly(tmp_path: Path) -> None:
    text = "é = '→'; x = 'pkg.god.God'\r\nfrom pkg.god import God\r\n"
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, "src/pkg/user.py": text})
    first, second = (
        one
        for one in references_to(workspace, ClassRef("pkg.god", "God"))
        if one.path.endswith("user.py")
    )
    assert (first.line, first.column, first.kind, first.text) == (1, 23, "string", "pkg.god.God")
    assert (second.line, second.column, second.kind) == (2, 21, "import")
    assert text[slice(*first.span)] == text[slice(*second.span)] == "God"
    assert first.owner is not None
    assert text[slice(*first.owner)] == "pkg.god"


@pytest.mark.parametrize(
    "text",
    ["x = 'pkg.god.' 'God'\n", "x = 'pkg.god.G\\x6fd'\n", "x = 'pkg.god.'\\\n'God'  # God\n"],
)
def test_a_text_in_pieces_is_found_and_not_exact(text: str, tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, "src/pkg/user.py": f"# God\n{text}"})
    references = references_to(workspace, ClassRef("pkg.god", "God"))
    assert [one.exact for one in references if one.standing == "sure"].count(False) == 1


FILES = {
    "pyproject.toml": '[project.scripts]\nrun = "pkg.god:God"\n',
    "setup.cfg": "[options.entry_points]\nconsole_scripts =\n    run = pkg.god:God\n",
    "plan.yaml": "handler: pkg.god.God\n",
    "data.json": '{"class": "pkg.god.God"}\n',
    "tox.ini": "[x]\ncommand = pytest src/pkg/god.py::God\n",
    "docs/a.rst": "See :class:`pkg.god.God`.\n\n    from pkg.god import God\n",
    "docs/b.md": "`God` is `pkg.god.God`.\n\n```python\nfrom pkg.god import God\n\nGod()\n```\n",
    "Makefile": "run:\n\tpython -c 'from pkg.god import God'\n",
}


@pytest.mark.parametrize("path", FILES)
def test_files_that_are_no_python_are_read_too(path: str, tmp_path: Path) -> None:
    references = in_file(tmp_path, path, FILES[path])
    assert [standing for standing, _ in references] == ["sure"] * FILES[path].count("God")


@pytest.mark.parametrize(
    ("path", "text", "standing"),
    [
        ("a.yaml", "kind: God\n", "unsure"),
        ("a.yaml", "member: God.run\n", "unsure"),
        ("a.yaml", "- 'God'\n", "unsure"),
        ("a.yaml", "why: God does it all\n", "prose"),
        ("a.md", "God does it all\n", "prose"),
    ],
)
def test_bare_words_in_other_files(path: str, text: str, standing: str, tmp_path: Path) -> None:
    assert [found for found, _ in in_file(tmp_path, path, text)] == [standing]


def test_marked_words_are_prose_where_two_things_have_the_name(tmp_path: Path) -> None:
    references = in_file(tmp_path, "a.md", "`God`\n", other="class God: ...\n")
    assert references == [("prose", "docs")]


def test_binary_and_excluded_files_are_not_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "src/pkg/god.py": GOD,
        "a.bin": b"\0pkg.god.God\n",
        "old/a.yaml": "x: pkg.god.God\n",
        "latin.txt": b"\xe4 pkg.god.God\n",
    }
    references = references_to(
        tree(tmp_path, files, exclude=("old/*",)), ClassRef("pkg.god", "God")
    )
    assert [one.path for one in references] == ["latin.txt", "src/pkg/god.py"]
