"""Moved methods go on finding what the module of their class defines, and what replaces it."""

from pathlib import Path

import pytest
from carving import HOST, MIXIN, extract, god, objection, python

BEFORE = "import sys; sys.path.insert(0, 'src')\n"
HELD = '''\
import functools
import logging

logger = logging.getLogger(__name__)
LIMIT = 3


class Broken(Exception):
    pass


class God:
    """Everything."""

    def run(self, number):
        """Return half of the number."""
        # too much is too much
        if number > LIMIT:
            raise Broken(number)
        return later(number)

    def again(self): return LIMIT

    def plain(self):
        return 1


def later(number):
    return number / 2
'''


def test_what_the_module_defines_is_looked_up_there(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, HELD), "run", "again", "plain")
    assert '''\
        """Return half of the number."""
        from pkg.god import LIMIT, Broken, later

        # too much is too much
        if number > LIMIT:
''' in texts[MIXIN]
    assert "    def again(self): from pkg.god import LIMIT; return LIMIT\n" in texts[MIXIN]
    assert "    def plain(self):\n        return 1\n" in texts[MIXIN]


@pytest.mark.parametrize("first", ["pkg.god", "pkg.mixin_run"])
def test_either_module_can_be_imported_first_and_patches_reach(first: str, tmp_path: Path) -> None:
    texts = extract(god(tmp_path, HELD), "run", "again")
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    code = (
        f"{BEFORE}import {first}\nfrom pkg import god\nprint(god.God().run(2))\n"
        "god.LIMIT = 1\nprint(god.God().again())\n"
        "try: god.God().run(2)\nexcept god.Broken as error: print(type(error).__module__)\n"
    )
    assert python(tmp_path, code).split() == ["1.0", "1", "pkg.god"]


ANNOTATED = """\
from __future__ import annotations


class Part:
    pass


class God:
    def run(self, part: Part) -> God:
        return self

    def stay(self) -> "Part": ...
"""


def test_annotations_are_resolved_as_before(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, ANNOTATED), "run")
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    assert "vars(sys.modules[MixinRun.__module__]).update(God=God, Part=Part)\n" in texts[HOST]
    assert "    from pkg.god import God, Part\n" in texts[MIXIN]
    code = (
        "import typing, pkg.god as g; print(typing.get_type_hints(g.God.run)['return'] is g.God)"
    )
    assert python(tmp_path, BEFORE + code) == "True\n"


WRAPPED = """\
import functools

CALLS = {}
MISSING = 5


def named(size):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(self, *args):
            return later(function(self, *args)) * size

        CALLS[function.__name__] = wrapper
        return wrapper

    return decorate


def later(number):
    return number + 1


class God:
    @named(2)
    def run(self, number=MISSING):
        return number

    @named(3)
    def stay(self):
        return MISSING
"""


def test_what_is_needed_at_once_moves_along(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, WRAPPED), "run")
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    assert "import CALLS as CALLS, MISSING, MixinRun, named" in " ".join(texts[HOST].split())
    code = "import pkg.god as g; print(g.God().run(), sorted(g.CALLS))"
    assert python(tmp_path, BEFORE + code) == "12 ['run', 'stay']\n"


def test_a_module_that_is_imported_twice_stays_so(tmp_path: Path) -> None:
    text = (
        "import json\nimport json as j\n\n\nclass God:\n    def run(self):\n"
        "        return json, j\n"
    )
    texts = extract(god(tmp_path, text), "run")
    assert "import json\nimport json as j\n" in texts[MIXIN]


def test_a_set_has_no_order_to_be_seen(tmp_path: Path) -> None:
    text = (
        "KNOWN = set()\n\n\ndef mine(function):\n    KNOWN.add(function.__code__)\n"
        "    return function\n\n\nclass God:\n    @mine\n    def run(self):\n        return 1\n"
    )
    workspace = god(tmp_path, text, other="from pkg.god import KNOWN\nprint(1 in KNOWN)\n")
    assert "    @mine\n    def run(self):" in extract(workspace, "run")[MIXIN]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CALLS[function.__name__] = wrapper", "CALLS.setdefault('x', []).append(function)"),
        ("CALLS[function.__name__] = wrapper", "print(function)"),
        ("CALLS[function.__name__] = wrapper", "CALLS[function.__qualname__] = wrapper"),
        ("later(number):", "names():\n    return list(CALLS)\n\n\ndef later(number):"),
    ],
)
def test_a_decorator_that_leaves_traces_stays(old: str, new: str, tmp_path: Path) -> None:
    found = objection(god(tmp_path, WRAPPED.replace(old, new)), "decorators", "run")
    assert found.message == "the decorator @named may register the function when it is imported"


def test_what_changes_while_code_runs_stays(tmp_path: Path) -> None:
    text = HELD + "\n\ndef grow():\n    global LIMIT\n    LIMIT += 1\n"
    found = objection(god(tmp_path, text), "module-globals", "run")
    assert found.message.startswith("'LIMIT' is bound more than once")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{HELD}\nif __name__ == '__main__':\n    print(LIMIT)\n", 31, "runs as a program"),
        (HELD.replace("return later(number)", "return locals()"), 20, "lists its locals"),
    ],
)
def test_where_a_look_back_would_be_seen_it_is_refused(
    text: str, line: int, message: str, tmp_path: Path
) -> None:
    found = objection(god(tmp_path, text), "module-globals", "run")
    assert (found.line, message in found.message) == (line, True)


GUARDED = """\
import sys


class God:
    if sys.version_info >= (3, 9):

        def run(self):
            return self.stay()

    else:

        def run(self):
            return None

    def stay(self):
        return 4
"""


def test_a_member_under_an_if_moves_with_it(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, GUARDED), "run")
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    assert "    if sys.version_info >= (3, 9):\n\n        def run(self):" in texts[MIXIN]
    assert python(tmp_path, f"{BEFORE}from pkg.god import God; print(God().run())") == "4\n"


def test_what_shares_the_if_has_to_move_as_well(tmp_path: Path) -> None:
    text = GUARDED.replace("        def run(self):\n            return None", "        walk = 1")
    found = objection(god(tmp_path, text), "conditional-definitions", "run")
    assert found.message == "this statement moves, and it binds 'walk' as well, which stays"


def test_a_class_with_slots_keeps_its_instances_small(tmp_path: Path) -> None:
    text = "class God:\n    __slots__ = ('x',)\n\n    def run(self):\n        return 1\n"
    texts = extract(god(tmp_path, text), "run")
    for path, each in texts.items():
        (tmp_path / path).write_text(each)
    code = f"{BEFORE}from pkg.god import God; print(God.__dictoffset__, God().run())"
    assert python(tmp_path, code) == "0 1\n"


METACLASS = """\
class Meta(type):
    known = []

    def __new__(mcs, name, bases, namespace, **options):
        made = super().__new__(mcs, name, bases, namespace, **options)
        mcs.known.append(name)
        return made


class God(metaclass=Meta):
    def run(self):
        return 1

    def stay(self):
        return 2
"""


def test_a_metaclass_that_hands_on_is_none_the_wiser(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, METACLASS), "run")
    assert "class God(MixinRun, metaclass=Meta):" in texts[HOST]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mcs.known.append(name)", "mcs.known.append(bases)"),
        ("mcs.known.append(name)", "mcs.known.extend(vars(made))"),
        (
            "(mcs, name, bases, namespace, **options)\n        mcs",
            "(mcs, name, bases, dict(namespace))\n        mcs",
        ),
    ],
)
def test_a_metaclass_that_looks_keeps_the_class_whole(old: str, new: str, tmp_path: Path) -> None:
    found = objection(god(tmp_path, METACLASS.replace(old, new)), "class-shape", "run")
    assert found.message.startswith("God is made with metaclass=")


@pytest.mark.parametrize(
    ("before", "asks"),
    [
        ("def seen(made):\n    return list(vars(made))\n", "seen(made)"),
        ("from pkg.looks import seen\n", "seen(made)"),
        ("import pkg.looks\n", "pkg.looks.hand_on(made)"),
        ("", "from pkg.looks import seen; seen(made)"),
        (
            "class Seen:\n    def add(self, made):\n        made.__dict__\n\nS = Seen()\n",
            "S.add(made)",
        ),
    ],
)
def test_a_metaclass_that_has_somebody_look_does_so_as_well(
    before: str, asks: str, tmp_path: Path
) -> None:
    looks = "def seen(made):\n    return made.__mro__\n"
    more = "def hand_on(made):\n    return seen(made)\n"
    text = f"{before}\n\n{METACLASS.replace('mcs.known.append(name)', asks)}"
    workspace = god(tmp_path, text)
    (tmp_path / "src/pkg/looks.py").write_text(f"{looks}\n\n{more}")
    found = objection(workspace, "class-shape", "run")
    assert found.message.startswith("God is made with metaclass=, and Meta may look at what")


def test_a_constant_that_is_filled_on_import_stays(tmp_path: Path) -> None:
    text = (
        "SIZES = []\nSIZES.append(2)\n\n\nclass God:\n"
        "    def run(self, size=len(SIZES)):\n        return size\n"
    )
    found = objection(god(tmp_path, text), "helpers-move", "run")
    assert (found.line, found.message[:23]) == (2, "this may change 'SIZES'")


def test_a_name_that_a_class_in_a_method_takes_over_stays(tmp_path: Path) -> None:
    text = (
        "LIMIT = 3\n\n\nclass God:\n    def run(self):\n        class Inner:\n"
        "            LIMIT = LIMIT\n\n        return Inner.LIMIT\n"
    )
    found = objection(god(tmp_path, text), "module-globals", "run")
    assert found.message == "'LIMIT' is read from the module here and bound in the class as well"


def test_a_second_extraction_finds_the_traces_of_the_first(tmp_path: Path) -> None:
    workspace = god(tmp_path, ANNOTATED)
    for path, text in extract(workspace, "run").items():
        (tmp_path / path).write_text(text)
    texts = extract(workspace, "stay", target="pkg.mixin_stay:MixinStay")
    assert "class God(MixinStay, MixinRun):\n" in texts[HOST]
    compile(texts[HOST], HOST, "exec")
    assert texts[HOST].count("vars(sys.modules[") == 2
