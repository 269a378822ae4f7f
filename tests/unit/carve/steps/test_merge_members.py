"""Merging members: it changes, leaves alone, has nothing to do, refuses."""

from pathlib import Path

import pytest
from carving import python
from merging import MIXIN, A, B, merge, merge_spec, merged, param, two, write

from carve.steps.outcome import Planned, Skipped

MODELS = "class Base:\n    pass\n\n\nclass One(Base):\n    pass\n\n\nclass Two(Base):\n    pass\n"
FIRST = '''\
"""A module."""

import os

from pkg.models import One


class A:
    """The first."""

    def load(self, path: str) -> One:
        """Load it."""
        # As the system says.
        real = os.fspath(path)
        print(f"{real} for A at {path!r}")
        return One()

    def stay(self) -> str:
        return "a"
'''
SECOND = '''\
import os
from pkg.models import Two


class B:
    other = 1

    def load(self, path: str) -> Two:
        """Load that."""
        name = os.fspath(path)
        print(f"{name} for B at {path!r}")
        return Two()
'''
LABEL = param("label", "'A'", "'B'")
MODEL = param("model", "One", "Two", annotation="pkg.models:Base")
SHOW = "from pkg.{0} import {1}; print(type({1}().load('x')).__name__)"


def test_it_puts_values_of_the_classes_in_place(tmp_path: Path) -> None:
    texts = merged(two(tmp_path, FIRST, SECOND, models=MODELS), "load", parameters=[LABEL, MODEL])
    assert texts[MIXIN].endswith(
        "    if TYPE_CHECKING:\n        label: str\n        model: type[Base]\n\n"
        "    def load(self, path: str) -> Base:\n"
        '        """Load it."""\n'
        "        # As the system says.\n"
        "        real = os.fspath(path)\n"
        '        print(f"{real} for {self.label} at {path!r}")\n'
        "        return self.model()\n"
    )
    assert texts[A].endswith(
        "class A(MixinLoad):\n"
        '    """The first."""\n\n    label: str = "A"\n    model: type[Base] = One\n\n'
        '    def stay(self) -> str:\n        return "a"\n'
    )
    assert texts[B] == (
        "import os\n\nfrom pkg.mixin_load import MixinLoad\nfrom pkg.models import Two\n"
        "from pkg.models import Base\n\n\nclass B(MixinLoad):\n"
        '    label: str = "B"\n    model: type[Base] = Two\n\n    other = 1\n'
    )
    write(tmp_path, texts)
    assert python(tmp_path / "src", SHOW.format("a", "A")) == "x for A at 'x'\nOne\n"
    assert python(tmp_path / "src", SHOW.format("b", "B")) == "x for B at 'x'\nTwo\n"


def test_it_tells_each_difference_and_what_covers_it(tmp_path: Path) -> None:
    planned = merge(two(tmp_path, FIRST, SECOND, models=MODELS), "load", parameters=[LABEL, MODEL])
    assert isinstance(planned, Planned)
    assert planned.title == "Merge MixinLoad from A and B"
    assert [(each.line, each.cover, each.values) for each in planned.differences] == [
        (11, "model", ("One", "Two")),
        (15, "label", ("f'{real} for A at {path!r}'", "f'{name} for B at {path!r}'")),
        (16, "model", ("One", "Two")),
    ]
    assert planned.notes[:2] == (
        "annotations in load become Base",
        "docstrings or comments of B differ in load; those of A are kept",
    )
    assert planned.lines == 6 + 6
    assert not (tmp_path / MIXIN).exists()


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = two(tmp_path, FIRST, SECOND, models=MODELS)
    planned = merge(workspace, "load", parameters=[LABEL, MODEL])
    assert isinstance(planned, Planned)
    again = merge(workspace.after(planned.edits), "load", parameters=[LABEL, MODEL])
    assert again == Skipped("A and B already inherit MixinLoad")


def test_what_is_the_same_needs_no_parameter(tmp_path: Path) -> None:
    body = "    limit = 3\n\n    @property\n    def load(self):\n        return self.limit\n\n"
    setter = "    @load.setter\n    def load(self, value):\n        self.limit = value\n"
    workspace = two(tmp_path, f"class A:\n{body}{setter}", f"class B:\n{body}{setter}")
    texts = merged(workspace, "load", "limit")
    assert texts[A] == "from pkg.mixin_load import MixinLoad\n\nclass A(MixinLoad):\n    pass\n"
    assert texts[MIXIN].endswith(f"{body}{setter}")


HEAD = "class {0}:\n    def load(self, n):\n"
TEXTS = {
    "plain": ('"for A"', '"for B"', 'f"for {self.label}"'),
    "all of it": ('"A"', '"B"', "self.label"),
    "twice": ('"A and A"', '"B and B"', 'f"{self.label} and {self.label}"'),
    "braces": ('"{A}"', '"{B}"', 'f"{{{self.label}}}"'),
    "raw": ('r"\\d A"', 'r"\\d B"', 'fr"\\d {self.label}"'),
    "escapes": ('"\\x41\\n A"', '"\\x41\\n B"', 'f"\\x41\\n {self.label}"'),
    "joined": ('("a {n} " "A")', '("a {n} " "B")', '("a {n} " f"{self.label}")'),
    "joined f": ('("{} " f"{n} A")', '("{} " f"{n} B")', '("{} " f"{n} {self.label}")'),
    "quotes": ("'\"A\" it\\'s'", "'\"B\" it\\'s'", "f'\"{self.label}\" it\\'s'"),
    "long": ('"""A\n  {x}\n"""', '"""B\n  {x}\n"""', 'f"""{self.label}\n  {{x}}\n"""'),
    "format": ('f"{n:>{n}} A"', 'f"{n:>{n}} B"', 'f"{n:>{n}} {self.label}"'),
    "unicode": ('"ä A"', '"ä B"', 'f"ä {self.label}"'),
    "key": ('{"A": n}', '{"B": n}', "{self.label: n}"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_become_f_strings(kind: str, tmp_path: Path) -> None:
    first, second, expected = TEXTS[kind]
    workspace = two(
        tmp_path,
        HEAD.format("A") + f"        return n, {first}\n",
        HEAD.format("B") + f"        return n, {second}\n",
    )
    show = "from pkg.{0} import {1}; print(ascii({1}().load(3)))"
    before = [python(tmp_path / "src", show.format(m, c)) for m, c in (("a", "A"), ("b", "B"))]
    texts = merged(workspace, "load", parameters=[LABEL])
    assert texts[MIXIN].endswith(f"        return n, {expected}\n")
    write(tmp_path, texts)
    after = [python(tmp_path / "src", show.format(m, c)) for m, c in (("a", "A"), ("b", "B"))]
    assert after == before


def test_statements_that_differ_go_into_a_hook(tmp_path: Path) -> None:
    first = (
        "class A:\n    def load(self, n):\n        text = str(n)\n        # Twice.\n"
        "        more = text * 2\n        more += '!'\n        return [more, text]\n"
    )
    second = (
        "class B:\n    def load(self, n):\n        word = str(n)\n"
        "        for _ in range(n):\n            longer = word\n"
        "        longer = '''a\n  b'''\n        return [longer, word]\n"
    )
    texts = merged(two(tmp_path, first, second), "load", hooks=["_more"])
    assert texts[MIXIN].endswith(
        "        text = str(n)\n        more = self._more(text, n)\n        return [more, text]\n"
    )
    assert (
        "    def _more(self, text: Any, n: Any) -> Any:\n"
        '        """Do what differs between the classes in `load`."""\n'
        "        # Twice.\n        more = text * 2\n        more += '!'\n        return more\n"
    ) in texts[A]
    assert (
        "    def _more(self, word: Any, n: Any) -> Any:\n"
        '        """Do what differs between the classes in `load`."""\n'
        "        for _ in range(n):\n            longer = word\n"
        "        longer = '''a\n  b'''\n        return longer\n"
    ) in texts[B]
    write(tmp_path, texts)
    code = "from pkg.a import A; from pkg.b import B; print(A().load(2), B().load(2))"
    assert python(tmp_path / "src", code) == "['22!', '2'] ['a\\n  b', '2']\n"


def test_a_hook_that_two_classes_share_goes_to_the_mixin(tmp_path: Path) -> None:
    text = "class {0}:\n    def load(self, n):\n        return [n, {1}]\n"
    workspace = two(
        tmp_path, text.format("A", "n + 1"), text.format("B", "n + 1"), c=text.format("C", "n * 2")
    )
    sources = ["pkg.a:A", "pkg.b:B", "pkg.c:C"]
    texts = merged(workspace, "load", hooks=["_next"], sources=sources)
    assert "        return [n, self._next(n)]\n" in texts[MIXIN]
    assert "        return n + 1\n" in texts[MIXIN]
    assert [path for path, new in texts.items() if "def _next" in new] == [MIXIN, "src/pkg/c.py"]
    write(tmp_path, texts)
    code = (
        "from pkg.a import A; from pkg.b import B; from pkg.c import C\n"
        "print(A().load(5), B().load(5), C().load(5))"
    )
    assert python(tmp_path / "src", code) == "[5, 6] [5, 6] [5, 10]\n"


def test_equal_differences_share_a_hook_and_all_ends_may_be_one(tmp_path: Path) -> None:
    text = (
        "class {0}:\n    def load(self):\n        try:\n{1}        except ValueError as e:\n"
        "            return [{2}, e]\n\n    def other(self):\n        return [{2}]\n"
    )
    first = text.format("A", "            return 1\n", "id(self)")
    second = text.format("B", "            x = 2\n            return x\n", "str(self)")
    texts = merged(two(tmp_path, first, second), "load", "other", hooks=["_first", "_me"])
    assert texts[MIXIN].count("[self._me()") == 2
    assert "        try:\n            return self._first()\n" in texts[MIXIN]


def test_names_that_differ_stay_as_aliases(tmp_path: Path) -> None:
    text = (
        "class {0}:\n    def _load_{1}(self):\n        return 1\n\n"
        "    def run(self):\n        return self._load_{1}()\n"
    )
    workspace = two(tmp_path, text.format("A", "a"), text.format("B", "b"))
    renames = [{"name": "_load", "was": ["_load_a", "_load_b"]}]
    texts = merged(workspace, "_load", renames=renames)
    assert "    _load_a = MixinLoad._load\n\n    def run(self):" in texts[A]
    assert "    def _load(self):\n        return 1\n" in texts[MIXIN]
    write(tmp_path, texts)
    code = "from pkg.a import A; from pkg.b import B; print(A().run(), B()._load_b(), B()._load())"
    assert python(tmp_path / "src", code) == "1 1 1\n"


def test_a_parameter_of_an_earlier_merge_serves_again(tmp_path: Path) -> None:
    text = "class {0}:\n    label: str = '{0}'\n\n    def load(self):\n        return 'is {0}'\n"
    workspace = two(tmp_path, text.format("A"), text.format("B"))
    texts = merged(workspace, "load", parameters=[LABEL])
    assert texts[A].count("label") == 1
    assert 'return f"is {self.label}"' in texts[MIXIN].replace("'", '"')


def test_helpers_that_are_the_same_move_once(tmp_path: Path) -> None:
    text = (
        "def twice(n):\n    return n * 2\n\n\nclass {0}:\n    def load(self):\n"
        "        return twice(2)\n"
    )
    workspace = two(tmp_path, text.format("A"), text.format("B"))
    texts = merged(workspace, "load", helpers=["twice"])
    assert texts[B].startswith("from pkg.mixin_load import MixinLoad, twice as twice\n")
    assert texts[MIXIN].count("def twice") == 1


def test_crlf_and_tabs_are_kept(tmp_path: Path) -> None:
    text = "class {0}:\n\tx = 1\n\n\tdef load(self, n):\n\t\treturn 'A {0}' if n else n + {1}\n"
    first, second = (text.format(*pair).replace("\n", "\r\n") for pair in (("A", 1), ("B", 2)))
    texts = merged(
        two(tmp_path, first, second),
        "load",
        parameters=[LABEL, param("step", "1", "2")],
    )
    for new in texts.values():
        assert "\n" not in new.replace("\r\n", "")
    assert "\t\treturn f'A {self.label}' if n else n + self.step\r\n" in texts[MIXIN]
    assert '\tlabel: str = "A"\r\n\tstep: int = 1\r\n\r\n\tx = 1\r\n' in texts[A]


def test_the_digest_knows_the_parameters() -> None:
    assert merge_spec("load").digest() != merge_spec("load", parameters=[LABEL]).digest()


def test_an_expression_over_many_lines_goes_whole(tmp_path: Path) -> None:
    text = (
        "class {0}:\n    def load(self, n):\n        return [\n            (\n{1}"
        "            )\n        ]\n"
    )
    first = "                n\n            + 1\n                    + 2  # two\n"
    second = "                n  # one\n                    - 1\n            - 2\n"
    workspace = two(tmp_path, text.format("A", first), text.format("B", second))
    texts = merged(workspace, "load", hooks=["_sum"])
    assert "            (\n                self._sum(n)  # two\n            )\n" in texts[MIXIN]
    write(tmp_path, texts)
    code = "from pkg.a import A; from pkg.b import B; print(A().load(4), B().load(4))"
    assert python(tmp_path / "src", code) == "[7] [1]\n"


def test_members_taken_from_the_class_are_noted(tmp_path: Path) -> None:
    text = "class {0}:\n    def load(self):\n        return '{0}'\n"
    other = "from pkg import a\n\n\nclass Other:\n    load = a.A.load\n"
    workspace = two(tmp_path, text.format("A"), text.format("B"), other=other)
    planned = merge(workspace, "load", parameters=[LABEL])
    assert isinstance(planned, Planned)
    assert planned.notes == (
        "src/pkg/other.py:5 takes 'load' from A itself: it works for objects of that class only",
    )
