"""What leads to a module: each form is found, and each place is a reason not to delete it."""

from pathlib import Path

import pytest
from carving import tree

from carve.gates import references as gate
from carve.source.references.modules import references_to_module

GOD = "class God: ...\n"
LEADING = {
    "src/pkg/a.py": "import pkg.god\n",
    "src/pkg/b.py": "import pkg.god as g\n",
    "src/pkg/c.py": "from pkg.god import God\n",
    "src/pkg/d.py": "from . import god\n",
    "src/pkg/e.py": "from .god import (\n    God,\n)\n",
    "src/pkg/f.py": "from pkg.god import *\n",
    "src/pkg/g.py": "import importlib\nimportlib.import_module('.god', 'pkg')\n",
    "src/pkg/h.py": "__import__('pkg.god')\n",
    "src/pkg/i.py": "x = 'pkg.god:God'\n",
    "src/pkg/j.py": "x = 'pkg.' 'god'\n",
    "src/pkg/k.py": "# pkg.god did it\n",
    "src/pkg/l.py": "x = 'src/pkg/god.py'\n",
    "src/pkg/m.py": "def f():\n    from .god import God\n",
    "src/pkg/n.py": "def __getattr__(name):\n    from . import god\n    return god\n",
    "tests/test_god.py": "def test(monkeypatch):\n    monkeypatch.setattr('pkg.god.God', 1)\n",
    "pyproject.toml": '[project.scripts]\ngod = "pkg.god:main"\n',
    "plan.yaml": "module: pkg.god\n",
    "ci.cfg": "run pkg/god.py\n",
    "README.md": "```python\nfrom pkg.god import God\n```\n",
    "docs/a.rst": ".. automodule:: pkg.god\n",
}


@pytest.mark.parametrize("path", LEADING)
def test_each_form_leads_to_it(path: str, tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, path: LEADING[path]})
    findings = list(gate.find(workspace, "pkg.god"))
    assert {finding.path for finding in findings} == {path}
    assert all(one.line and one.instead and one.check == "references" for one in findings)
    assert findings[0].message.startswith("pkg.god is still needed: ")


@pytest.mark.parametrize(
    "text",
    [
        "import pkg.godfather\n",
        "from .gods import god\n",
        "from json import god\n",
        "god = 1\ngod.God\n",
        "x = 'god'\n",
        "x = 'other.pkg.god'\n",
        "x = 'src/pkg/god.pyx'\n",
        "import importlib\nimportlib.import_module('.god', 'json')\n",
        "import importlib\nimportlib.import_module(f'json.{1}')\n",
    ],
)
def test_what_only_looks_like_it_does_not(text: str, tmp_path: Path) -> None:
    others = {"src/pkg/gods.py": "god = 1\n", "src/pkg/user.py": text}
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, **others})
    assert list(gate.find(workspace, "pkg.god")) == []


def test_who_takes_a_name_from_a_reexport_does_not_lead_to_it(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": GOD,
        "src/pkg/hub.py": "from .god import God\n",
        "src/pkg/user.py": "from .hub import God\n",
    }
    found = references_to_module(tree(tmp_path, files), "pkg.god")
    assert [one.path for one in found] == ["src/pkg/hub.py"]


def test_attributes_reach_it_through_its_package(tmp_path: Path) -> None:
    files = {"src/pkg/god.py": GOD, "src/pkg/user.py": "import pkg\npkg.god.God\n"}
    found = references_to_module(tree(tmp_path, files), "pkg.god")
    assert [(one.line, one.kind, one.text) for one in found] == [(2, "attribute", "pkg.god")]


def test_loading_by_a_name_put_together_is_unsure(tmp_path: Path) -> None:
    text = "from importlib import import_module\n\ndef load(x):\n    import_module(f'pkg.{x}')\n"
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, "src/pkg/user.py": text})
    (one,) = references_to_module(workspace, "pkg.god")
    assert (one.line, one.standing, one.exact) == (4, "unsure", False)
    (finding,) = gate.find(workspace, "pkg.god")
    assert "it may be loaded here" in finding.message


def test_a_module_without_a_package_needs_more_than_its_word(tmp_path: Path) -> None:
    files = {
        "src/god.py": GOD,
        "src/pkg/a.py": "import god\ngod.God()\nx = 'god:God'\ny = 'a god of gods'\n",
        "notes.md": "The god of small things.\n",
    }
    found = references_to_module(tree(tmp_path, files), "god")
    assert [(one.path, one.line) for one in found] == [("src/pkg/a.py", 1), ("src/pkg/a.py", 3)]


def test_files_called_like_leaves_may_keep_it(tmp_path: Path) -> None:
    files = {"src/pkg/god.py": GOD, "CHANGELOG.md": "`pkg.god` is new\n"}
    assert list(gate.find(tree(tmp_path, files), "pkg.god", ("CHANGELOG.md",))) == []


@pytest.mark.parametrize(
    "text",
    [
        "import pkg.god\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.god import God\n",
        "from unittest.mock import patch\npatch('pkg.god.run')\n",
        "def test_it(monkeypatch):\n    monkeypatch.setattr('pkg.god.run', None)\n",
    ],
)
def test_what_fails_without_it_keeps_it_even_in_files_called_like_leaves(
    tmp_path: Path, text: str
) -> None:
    files = {"src/pkg/god.py": GOD, "tests/test_a.py": f"{text}SAID = 'pkg.god.God'\n"}
    found = list(gate.find(tree(tmp_path, files), "pkg.god", ("tests/*",)))
    assert [one.line for one in found] == [text.count("\n")]
