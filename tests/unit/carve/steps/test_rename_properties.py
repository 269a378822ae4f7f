"""Renaming in made-up modules: whatever they look like, they do what they did."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from carving import tree
from hypothesis import given, settings
from hypothesis import strategies as st

from carve.errors import StepRefused
from carve.plan.spec_symbols import RenameSymbolSpec
from carve.steps.outcome import Planned, Skipped
from carve.steps.rename_symbol import RenameSymbol
from carve.workspace import Workspace

# Each block says something of its own, so that a wrong renaming changes what is printed.
IMPORTS = st.sampled_from(
    [
        "from pkg.god import God",
        "from .god import God as God",
        "from pkg.god import *",
        "import pkg.god\nGod = pkg.god.God",
        "from . import god\nGod = god.God",
        "from pkg.hub import God",
        "try:\n    from .god import God\nexcept ImportError:\n    God = None",
    ]
)
USES = st.lists(
    st.sampled_from(
        [
            "print(God().run())",
            "print(f'{God.run(0)!r} and {len([God for _ in range(2)])}')",
            "def f{n}(God):\n    return God\n\n\nprint(f{n}(4))",
            "def f{n}():\n    God = 5\n    return God\n\n\nprint(f{n}())",
            "def f{n}(x: 'God') -> 'list[God]':\n    return [x, God]\n\n\nprint(len(f{n}(1)))",
            "class C{n}:\n    God = 6\n\n\nprint(C{n}().God)",
            "class C{n}(God):\n    def run(self):\n        return super().run() + 1",
            "print([God for God in (7, 8)], (lambda God: God)(9))",
            "import importlib\nprint(importlib.import_module('pkg.god').God is God)",
            "import pkg.god\nprint(getattr(pkg.god, 'God') is God)",
            "def f{n}():\n    global God\n    return God\n\n\nprint(f{n}() is God)",
            "print(dict(God=1)['G' + 'od'])",
            "print('a text about a God of many words')",
            "print(type(God()).run(10))",
            "__all__ = ['God']",
            "# God, in a comment\nprint(11)",
        ]
    ),
    min_size=1,
    max_size=6,
)
GOD = (
    "__all__ = ['God']\n\n\nclass God:\n    def run(self):\n        return 12\n\n"
    "    def same(self):\n        return God\n"
)


def printed(folder: Path) -> str:
    command = [sys.executable, "-c", "import pkg.user"]
    done = subprocess.run(command, cwd=folder / "src", capture_output=True, check=True, text=True)
    return done.stdout


def _planned(step: RenameSymbol, workspace: Workspace) -> Planned | None:
    """Return the plan; None for a refusal that is no fault of carve's."""
    try:
        planned = step.plan(workspace)
    except StepRefused as refusal:
        way_out = str(refusal.instead)
    else:
        assert isinstance(planned, Planned)
        return planned
    assert "fault of carve" not in way_out
    return None


@settings(max_examples=25, deadline=None)
@given(taken=IMPORTS, uses=USES)
def test_a_renamed_program_prints_the_same(taken: str, uses: list[str]) -> None:
    blocks = [block.replace("{n}", str(number)) for number, block in enumerate(uses)]
    text = "\n\n".join([taken, *blocks]) + "\n"
    given_step = {"id": "01", "from": "pkg.god:God", "to": "Store", "why": "x"}
    step = RenameSymbol(RenameSymbolSpec.model_validate(given_step))
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = {"src/pkg/god.py": GOD, "src/pkg/hub.py": "from .god import God\n"}
        workspace = tree(folder, {**files, "src/pkg/user.py": text})
        before = printed(folder)
        planned = _planned(step, workspace)
        if planned is None:
            return
        workspace.write(planned.edits)
        assert printed(folder) == before
        assert isinstance(step.plan(workspace), Skipped)
