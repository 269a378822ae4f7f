"""Cases about how a text is written: line ends, blanks, comments, marks for formatters."""

from matrix import Changes, LeavesAlone, Refuses, Subject

__all__ = ["SUBJECTS"]

PLAIN = """\
class God:
    # Above.
    def run(self):
        return '''a
b'''  # beside

    def stay(self):
        return '''a
b'''

    limit = 3


def show():
    return God().run(), God().stay(), God.limit
"""
MOVED = PLAIN[PLAIN.index("    # Above") : PLAIN.index("\n    def stay")]
STAYS = PLAIN[PLAIN.index("    def stay") :]
CRLF: Subject = (
    Changes(
        text=PLAIN.replace("\n", "\r\n"),
        moves="run",
        mixin=(MOVED.replace("\n", "\r\n"), 'class MixinRun:\r\n    """Runs."""\r\n'),
    ),
    LeavesAlone(
        text=PLAIN.replace("\n", "\r\n").replace("def stay(self):\r\n", "def stay(self):\n"),
        moves="run",
        keeps=("    def stay(self):\n        return '''a\r\nb'''\r\n",),
    ),
    Changes(text=PLAIN.replace("\n", "\r"), moves="run", mixin=(MOVED.replace("\n", "\r"),)),
    Refuses(
        text="class God:\r\n    def run(self):\r\n        return __class__\r\n",
        moves="run",
        check="host-by-name",
        line=3,
        says="names '__class__'",
    ),
)
TABS: Subject = (
    Changes(
        text=PLAIN.replace("    ", "\t"),
        moves="run",
        mixin=(MOVED.replace("    ", "\t"), 'class MixinRun:\n\t"""Runs."""\n'),
    ),
    LeavesAlone(
        text=PLAIN.replace(
            "    def stay(self):\n        return", "    def stay(self):\n    \treturn"
        ),
        moves="run",
        keeps=("    def stay(self):\n    \treturn '''a\nb'''\n",),
    ),
    Refuses(
        text="class God:\n\tdef run(self):\n\t\tglobal x\n\t\tx = 1\n",
        moves="run",
        check="globals-statement",
        line=3,
        says="rebinds the global 'x'",
    ),
)
MARK = b"\xef\xbb\xbf"
BOM: Subject = (
    Changes(
        text=MARK + PLAIN.encode(),
        moves="run",
        mixin=(MOVED,),
        keeps=("\ufefffrom pkg.mixin_run",),
    ),
    LeavesAlone(
        text=MARK + ("'''\ufeff'''\n" + PLAIN).encode(),
        moves="run",
        keeps=("\ufeff'''\ufeff'''\n",),
    ),
    Refuses(
        text=MARK + b"class God:\n    def run(self):\n        return __class__\n",
        moves="run",
        check="host-by-name",
        line=3,
        says="names '__class__'",
    ),
    Refuses(
        text=b"# coding: latin-1\nclass God:\n    def run(self): ...\n\n    stay = '\xe4'\n",
        moves="run",
        options={"target": "pkg.mixin_run:Mixin\u0416"},
        check="file-is-writable",
        line=None,
        says="cannot be written in the file's encoding",
    ),
)
FEED: Subject = (
    Changes(
        text=PLAIN.replace("    # Above", "\f\n    # Above").replace("\n\ndef", "\n\f\ndef"),
        moves="run",
        mixin=(MOVED,),
        keeps=("\f\ndef show",),
    ),
    Changes(text=PLAIN.replace("    limit", "\f    limit"), moves="run limit", mixin=(MOVED,)),
    LeavesAlone(
        text=PLAIN.replace("    def stay", "\f\n    def stay"),
        moves="run",
        keeps=("\f\n    def stay(self):\n",),
    ),
    LeavesAlone(
        text=PLAIN.replace("'''a\nb'''\n\n    limit", "'''a\f\nb'''\n\n    limit"),
        moves="run limit",
        keeps=("'''a\f\nb'''\n",),
    ),
    Refuses(
        text="class God:\n\f\n    def run(self):\n        return __class__\n",
        moves="run",
        check="host-by-name",
        line=4,
        says="names '__class__'",
    ),
)
COMMENTS: Subject = (
    Changes(
        text="""\
class God:  # the host
    # Above run.
    # Still above.
    def run(  # first
        self,  # second
    ):  # third
        return 1  # fourth
        # Below, inside.

    # Between.

    limit = 3  # as much
    # Above stay.
    def stay(self):  # noqa: D102
        return self.run()


# At the end of the module.
def show():
    return God().run(), God().stay(), God.limit
""",
        moves="run limit",
        mixin=(
            "    # Above run.\n    # Still above.\n    def run(  # first\n",
            "        # Below, inside.\n",
            "    limit = 3  # as much\n",
        ),
        keeps=("class God(MixinRun):  # the host\n", "    # Above stay.\n", "# At the end"),
    ),
    LeavesAlone(
        text="""\
class God:
    # A heading on its own.

    def run(self):
        return 1
    # Dedented, and about what follows.
    limit = '''# no comment
    # neither'''


def show():
    return God().run(), God.limit
""",
        moves="run",
        keeps=(
            "about what follows.\n    limit = '''# no comment\n    # neither'''",
            "    # A heading on its own.\n",
        ),
    ),
    Refuses(
        text="""\
class God:
    # God
    def run(self):  # God
        return 1, __class__  # God
""",
        moves="run",
        check="host-by-name",
        line=4,
        says="names '__class__'",
    ),
)
UNFORMATTED: Subject = (
    Changes(
        text="""\
class God:
    # fmt: off
    def run( self ):
        return [ 1,2,
                 3 ]
    # fmt: on

    # fmt: off
    limit   = 3
    # fmt: on
    def stay(self):
        return self.run( )


# fmt: off
def show( ):
    return God( ).run(), God().stay(), God.limit
# fmt: on
""",
        moves="run",
        mixin=("    def run( self ):\n        return [ 1,2,\n                 3 ]\n",),
        keeps=("    # fmt: off\n    limit   = 3\n    # fmt: on\n", "# fmt: off\ndef show( ):\n"),
    ),
    LeavesAlone(
        text="""\
class God:
    # fmt: off
    grid = [ 1,0,
             0,1 ]
    # fmt: on

    def run(self):  # fmt: skip
        return 1


def show():
    return God().run(), God.grid
""",
        moves="run",
        mixin=("    def run(self):  # fmt: skip\n",),
        keeps=("    # fmt: off\n    grid = [ 1,0,\n             0,1 ]\n    # fmt: on\n",),
    ),
    Refuses(
        text="class God:\n    # fmt: off\n    grid = [ 1,0 ]; more = 2\n    # fmt: on\n",
        moves="grid",
        check="statements-alone",
        line=3,
        says="two statements share this line",
    ),
)
DECORATED: Subject = (
    Changes(
        text="""\
from functools import (
    lru_cache,
)


class God:
    # Above.
    @staticmethod
    @lru_cache(  # as many
        maxsize=3,
        # typed
        typed=True,
    )
    # Between.

    def run(
        n,
    ):
        return n

    @property
    def stay(self): return self.run(1)


def show():
    return God.run(2), God().stay, God.run.cache_parameters()
""",
        moves="run",
        mixin=(
            "    # Above.\n    @staticmethod\n    @lru_cache(  # as many\n        maxsize=3,\n",
            "    # Between.\n\n    def run(\n",
        ),
        keeps=("    @property\n    def stay(self): return self.run(1)\n",),
    ),
    LeavesAlone(
        text="""\
from functools import lru_cache


class God:
    def run(self):
        return 1

    @lru_cache(
        maxsize=3,
    )
    def stay(self):
        return self.run()


def show():
    return God().stay()
""",
        moves="run",
        keeps=("    @lru_cache(\n        maxsize=3,\n    )\n    def stay(self):\n",),
    ),
    Refuses(
        text="""\
def route(
    path,
):
    return lambda function: function


class God:
    @staticmethod
    @route(
        "/",
    )
    def run(): ...
""",
        moves="run",
        check="decorators",
        line=9,
        says="the decorator @route may register",
    ),
)
SEMICOLONS: Subject = (
    Changes(
        text="""\
import os
import sys


class God:
    limit = 3;
    def run(self): a = 1; b = 2; return a + b
    low = 1; lower = 0


def show(): god = God(); return god.run(), god.limit, god.low, god.lower, os.sep, sys.platform
""",
        moves="run limit",
        mixin=("    limit = 3;\n", "    def run(self): a = 1; b = 2; return a + b\n"),
        keeps=("    low = 1; lower = 0\n",),
    ),
    LeavesAlone(
        text="""\
class God:
    low = 1; lower = 0

    def run(self):
        return ";"


def show(): god = God(); return god.run(), god.low
""",
        moves="run",
        keeps=("    low = 1; lower = 0\n", "def show(): god = God(); return"),
    ),
    Refuses(
        text="class God:\n    low = 1; lower = 0\n",
        moves="low",
        check="statements-alone",
        line=2,
        says="two statements share this line",
    ),
    Refuses(
        text="class God:\n    def run(self): ...\n    low = 1; lower = 0\n",
        moves="low lower",
        check="statements-alone",
        line=3,
        says="two statements share this line",
    ),
    Refuses(
        text="class God: run = 1; stay = 2\n",
        moves="run",
        check="statements-alone",
        line=1,
        says="two statements share this line",
    ),
    Refuses(
        text="import os; import sys\n\n\nclass God:\n    def run(self):\n        return os, sys\n",
        moves="run",
        check="statements-alone",
        line=1,
        says="two statements share this line",
    ),
    Refuses(
        text="class God:\n    def __init__(self):\n        super().__init__(); self.a = 1\n",
        moves="a",
        check="statements-alone",
        line=3,
        says="two statements share this line",
    ),
)

SUBJECTS: dict[str, Subject] = {
    "carriage returns": CRLF,
    "tabs": TABS,
    "byte order mark": BOM,
    "form feeds": FEED,
    "comments": COMMENTS,
    "fmt off": UNFORMATTED,
    "decorators over lines": DECORATED,
    "semicolons": SEMICOLONS,
}
