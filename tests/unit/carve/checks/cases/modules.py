"""Cases about the module around a class, and about the others that use it."""

from matrix import Changes, LeavesAlone, Refuses, Subject

__all__ = ["SUBJECTS"]

HELPER: Subject = (
    Changes(
        text="""\
_STEP = 2


def _twice(n):
    return n * _STEP


def apart():
    return _twice(1)


class God:
    def run(self):
        return _twice(2)

    def stay(self):
        return _twice(3)


def show():
    return God().run(), God().stay(), apart(), _twice(_STEP)
""",
        moves="run",
        options={"helpers": ("_twice", "_STEP")},
        mixin=("_STEP = 2\n", "def _twice(n):\n    return n * _STEP\n"),
    ),
    LeavesAlone(
        text="""\
def twice(n):
    return n * 2


def _twice(n):
    return n * 3


class God:
    def run(self):
        return self.twice(2)

    def twice(self, n):
        return twice(n)


def show():
    return God().run(), twice(1), _twice(1)
""",
        moves="run",
        keeps=("def twice(n):\n    return n * 2\n\n\ndef _twice(n):\n    return n * 3\n",),
    ),
    Changes(
        text="""\
def _one(n):
    return _two(n) + 1


def _two(n):
    return n * 2


class God:
    def run(self):
        return _one(2)

    def stay(self):
        return _two(3)


def show():
    return God().run(), God().stay(), _one(3)
""",
        moves="run",
        keeps=("def _one(n):\n    return _two(n) + 1\n",),
    ),
    Refuses(
        text="""\
count = 0


def _bump():
    global count
    count += 1


class God:
    def run(self):
        return count
""",
        moves="run",
        options={"helpers": ("count",)},
        check="helpers-move",
        line=1,
        says="bound by more than one plain definition",
    ),
)

TYPES: Subject = (
    Changes(
        text="""\
from __future__ import annotations

import typing as t
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pkg.other import Other


class God:
    def run(self, some: Iterable[Other], one: t.Any = None) -> list[Other]:
        found: dict[str, Other] = {}
        return [one, *some, found]

    def stay(self, other: Other) -> None: ...


def show():
    return God().run((1,)), sorted(God.run.__annotations__.items())
""",
        moves="run",
        files={"src/pkg/other.py": "class Other: ...\n"},
        mixin=("    from collections.abc import Iterable\n\n    from pkg.other import Other\n",),
    ),
    Changes(
        text="""\
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from pkg.other import Other


class God:
    def run(self, one: "Other", kind: Literal["God"] = "One", at: "at once" = 1) -> "list[Other]":
        return cast("list[Other]", [one, kind])


def show():
    return God().run(1), sorted(God.run.__annotations__.items(), key=str)
""",
        moves="run",
        files={"src/pkg/other.py": "class Other: ...\n"},
        mixin=("if TYPE_CHECKING:\n    from pkg.other import Other\n",),
    ),
    LeavesAlone(
        text="""\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.other import Other


class God:
    def run(self):
        return "Other"

    def stay(self, other: "Other") -> "Other":
        return other


def show():
    return God().run(), God().stay(1)
""",
        moves="run",
        files={"src/pkg/other.py": "class Other: ...\n"},
        keeps=("if TYPE_CHECKING:\n    from pkg.other import Other\n",),
    ),
    Refuses(
        text="""\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.other import Other


class God:
    def run(self):
        return Other()
""",
        moves="run",
        check="module-globals",
        line=4,
        says="imported for type checkers only, but moved code uses it",
    ),
    Changes(
        text="""\
from __future__ import annotations

import typing


class God:
    def run(self, other: "list[God]") -> God:
        return self

    def stay(self) -> God:
        return self.run([])


def show():
    return typing.get_type_hints(God.run)["return"] is God, God().run([]).stay() is not None
""",
        moves="run",
    ),
)

RELATIVE: Subject = (
    Changes(
        text="""\
from . import tools
from .tools import two as zwei


class God:
    def run(self):
        from . import tools as own
        from .tools import two

        return two, own is tools, zwei


def show():
    return God().run()
""",
        moves="run",
        files={"src/pkg/tools.py": "two = 2\n"},
        mixin=("        from . import tools as own\n        from .tools import two\n",),
    ),
    LeavesAlone(
        text="""\
from .tools import two


class God:
    def run(self):
        from pkg.tools import two as zwei

        return zwei, two

    def stay(self):
        from .tools import two

        return two


def show():
    return God().run(), God().stay()
""",
        moves="run",
        files={"src/pkg/tools.py": "two = 2\n", "src/pkg/sub/__init__.py": ""},
        options={"target": "pkg.sub.mixin_run:MixinRun"},
        keeps=("        from .tools import two\n\n        return two\n",),
    ),
    Refuses(
        text="""\
class God:
    def run(self):
        from .tools import two

        return two
""",
        moves="run",
        files={"src/pkg/tools.py": "two = 2\n", "src/pkg/sub/__init__.py": ""},
        options={"target": "pkg.sub.mixin_run:MixinRun"},
        check="relative-imports",
        line=3,
        says="starts from another package",
    ),
    Refuses(
        text="""\
class God:
    def __init__(self):
        super().__init__()
        self.two = __import__("tools", globals(), level=1)
""",
        moves="two",
        check="globals-statement",
        line=4,
        says="calls globals()",
    ),
    Refuses(
        text="""\
import importlib


class God:
    def run(self):
        return importlib.import_module(".tools", __package__)
""",
        moves="run",
        check="globals-statement",
        line=6,
        says="reads __package__",
    ),
    Refuses(
        text="from ...far import one\n\n\nclass God:\n    def run(self):\n        return one\n",
        moves="run",
        check="module-globals",
        line=1,
        says="lead out of the tree",
    ),
)

EXPORTS: Subject = (
    Changes(
        text="""\
import json
from os import sep as sep

__all__ = ["God", "_twice"]


def _twice(n):
    return n * 2


class God:
    def run(self):
        return _twice(json.loads("2")), sep


def show():
    from pkg.front import God as Front, _twice as other, json as third

    return Front().run(), other(2), third is json, __all__, Front is God
""",
        moves="run",
        files={"src/pkg/front.py": "from pkg.god import God, _twice, json, sep\n"},
        options={"helpers": ("_twice",)},
        keeps=("import json\nfrom os import sep as sep\n", '__all__ = ["God", "_twice"]\n'),
    ),
    LeavesAlone(
        text="""\
import json
import os


class God:
    def run(self):
        return json.dumps(1), os.sep


def show():
    from pkg import front

    return God().run(), front.os.sep
""",
        moves="run",
        files={"src/pkg/front.py": "from pkg.god import os\n"},
        options={"drops": ("json",)},
        keeps=("import os\n",),
    ),
    Refuses(
        text="import json\n\n\nclass God:\n    def run(self):\n        return json.dumps(1)\n",
        moves="run",
        files={"src/pkg/front.py": "x = 1\nfrom pkg.god import json\n"},
        options={"drops": ("json",)},
        check="names-stay-importable",
        line=2,
        path="src/pkg/front.py",
        says="'json' is taken from pkg.god here, and the plan drops it",
    ),
    Refuses(
        text="import json\n\n\nclass God:\n    def run(self):\n        return json.dumps(1)\n",
        moves="run",
        files={"src/pkg/front.py": "from .god import *\n"},
        options={"drops": ("json",)},
        check="names-stay-importable",
        line=1,
        path="src/pkg/front.py",
        says="'*' is taken from pkg.god here",
    ),
    Refuses(
        text="""\
import json

__all__ = ["God", "json"]


class God:
    def run(self):
        return json.dumps(1)
""",
        moves="run",
        options={"drops": ("json",)},
        check="names-stay-importable",
        line=1,
        says="'json' is still used in pkg.god",
    ),
    Refuses(
        text="from os import *\n\n\nclass God:\n    def run(self):\n        return sep\n",
        moves="run",
        check="module-globals",
        line=1,
        says="may come from this star import",
    ),
)

DECOY = """\
class God:
    def run(self):
        return "decoy"

    def stay(self):
        return "decoy"
"""
LAYOUT: Subject = (
    Changes(
        text="""\
from pkg.base import Base


class God(Base):
    def run(self):
        return super().run() + "!"


def show():
    from pkg.sub import Sub

    return God().run(), Sub().run()
""",
        moves="run",
        files={
            "src/pkg/base.py": 'class Base:\n    def run(self):\n        return "base"\n',
            "src/pkg/sub.py": "from pkg.god import God\n\n\nclass Sub(God): ...\n",
            "archived/src/pkg/base.py": "class Base(metaclass=Odd): ...\n",
            "archived/src/pkg/god.py": DECOY,
            "archived/pkg/base.py": "class Base:\n    __slots__ = ()\n",
        },
    ),
    LeavesAlone(
        text=DECOY.replace("decoy", "real") + "\n\ndef show():\n    return God().run()\n",
        moves="run",
        files={"archived/src/pkg/god.py": DECOY, "archived/god.py": DECOY, "old.py": "print 1\n"},
        keeps=('    def stay(self):\n        return "real"\n',),
    ),
    Refuses(
        text=DECOY,
        moves="run",
        files={"archived/src/pkg/god.py": DECOY},
        options={"source": "archived.src.pkg.god:God"},
        check="names-exist",
        line=None,
        path="plan",
        says="no module",
    ),
    Refuses(
        text=DECOY,
        moves="runs",
        files={"archived/src/pkg/god.py": DECOY.replace("def run", "def runs")},
        check="names-exist",
        line=1,
        says="no member 'runs'",
    ),
)

PATCHED: Subject = (
    Changes(
        text="""\
from os.path import basename
from unittest.mock import patch


class God:
    def run(self):
        return basename("a/b")

    def stay(self):
        return basename("c/d")


def show():
    with patch("pkg.god.basename", str.upper):
        return God().run(), God().stay()
""",
        moves="run",
        mixin=("        from pkg.god import basename\n",),
    ),
    LeavesAlone(
        text="""\
import json
from unittest.mock import patch


class God:
    def run(self):
        return json.dumps(1)

    def stay(self):
        return json.dumps(2)


def show():
    with patch("pkg.god.json.dumps", str), patch("pkg.god.God.stay", repr):
        return God().run(), "God" in God.stay(God)
""",
        moves="run",
        mixin=("import json\n",),
        keeps=('    with patch("pkg.god.json.dumps", str), patch("pkg.god.God.stay", repr):\n',),
    ),
    Refuses(
        text="""\
from os.path import basename


class God:
    def run(self):
        return lambda: basename("a/b")

    def stay(self):
        return basename("c/d")
""",
        moves="run",
        files={"tests/test_god.py": 'from mock import patch\n\npatch("pkg.god.basename")\n'},
        options={"retarget": True},
        check="patches-still-reach",
        line=3,
        path="tests/test_god.py",
        says="this replaces 'basename' in pkg.god",
    ),
)

SUBJECTS: dict[str, Subject] = {
    "patch of what both sides use": PATCHED,
    "helper used on both sides": HELPER,
    "type checking and string annotations": TYPES,
    "relative imports": RELATIVE,
    "re-exports and __all__": EXPORTS,
    "src layout beside a decoy": LAYOUT,
}
