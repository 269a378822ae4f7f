"""A merge is refused where it would change what the code does, with the place and a way out."""

from pathlib import Path
from typing import Any

import pytest
from carving import python, tree
from merging import MIXIN, merge, merged, param, refusal, two, write

from carve.errors import CarveError
from carve.plan.load import build_plan
from carve.steps.outcome import Planned

METHOD = "class {0}:\n    def load(self, n=None):\n{1}"
LABEL = param("label", "'A'", "'B'")


def bodies(folder: Path, first: str, second: str, head: str = "", **others: str) -> Any:
    texts = []
    for name, body in (("A", first), ("B", second)):
        lines = "".join(f"        {line}\n" for line in body.split("\n"))
        texts.append(head.replace("@", name) + METHOD.format(name, lines))
    return two(folder, *texts, **others)


def test_what_nothing_covers_is_shown_side_by_side(tmp_path: Path) -> None:
    found = refusal(bodies(tmp_path, "return n + 1", "return n + 2"), "members-align", "load")
    assert found.message == "no parameter covers this difference in 'load': 1 | 2"
    assert found.instead == "list a name for it under hooks:, or its values under parameters:"
    assert (found.path, found.line) == ("src/pkg/a.py", 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"parameters": [LABEL]}, "no difference is covered by the parameter 'label'"),
        ({"hooks": ["_idle"]}, "no difference is left for the hook '_idle'"),
    ],
)
def test_what_covers_nothing_is_refused(
    options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    workspace = bodies(tmp_path, "return n", "return n")
    assert refusal(workspace, "members-align", "load", **options).message == message


HOOKLESS = {
    "a return in between": (
        "if n:\n    n += 1\n    return 1\nreturn n",
        "if not n:\n    return 2\nn = 1\nreturn n",
    ),
    "a variable that only one has": (
        "try:\n    x = n\n    y = x\nexcept ValueError:\n    return x\nreturn y",
        "try:\n    y = n\n    y += 2\nexcept ValueError:\n    return y\nreturn y",
    ),
    "locals": ("x = locals()\nreturn 1", "x = 2, locals()\nreturn 1"),
    "a global statement": ("global G\nG = 1\nreturn 1", "G = 2\nreturn 1"),
}


@pytest.mark.parametrize("kind", HOOKLESS)
def test_what_no_method_can_do_is_refused_or_taken_whole(kind: str, tmp_path: Path) -> None:
    """Only a hook for the whole body, or none at all, may stand for these."""
    first, second = HOOKLESS[kind]
    workspace = bodies(tmp_path, first, second)
    try:
        planned = merge(workspace, "load", hooks=["_hook"])
    except CarveError as refused:
        way_out = refused.instead or ""
    else:
        way_out = ""
    if way_out:
        assert "fault of carve" not in way_out
        return
    assert isinstance(planned, Planned)
    mixin = (planned.edits[0].after or b"").decode()
    assert mixin.endswith("    def load(self, n=None):\n        return self._hook(n)\n")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("await n\nreturn n", "await n()\nreturn n", "await cannot be left to another method"),
        ("yield 1\nn = 2", "yield 2\nn = 3", "yield cannot be left to another method"),
    ],
)
def test_waiting_code_is_not_left_to_a_hook(
    first: str, second: str, reason: str, tmp_path: Path
) -> None:
    word = "async " if "await" in first else ""
    texts = [
        f"class {name}:\n    {word}def load(self, n):\n"
        + "".join(f"        {line}\n" for line in body.split("\n"))
        for name, body in (("A", first), ("B", second))
    ]
    found = refusal(two(tmp_path, *texts), "members-align", "load", hooks=["_hook", "_more"])
    assert found.message.endswith(reason)


def test_loops_are_not_left_in_the_middle(tmp_path: Path) -> None:
    text = "for i in range(n):\n    if i > {0}:\n        {1}\n    print(i)\nreturn n"
    workspace = bodies(tmp_path, text.format(1, "break"), text.format(1, "continue"))
    texts = merged(workspace, "load", hooks=["_loop"])
    assert "self._loop(n)\n        return n\n" in texts["src/pkg/mixin_load.py"]


@pytest.mark.parametrize(
    ("values", "head", "message"),
    [
        (("[1]", "[2]"), "", "is neither a constant nor a class"),
        (("fa", "fb"), "def fa(): ...\ndef fb(): ...\n\n\n", "is not a class that carve can see"),
        (("G", "H"), "if 1:\n    G = int\n    H = str\n\n\n", "is not bound once and for all"),
        (("X", "Y"), "class X: ...\nclass Y: ...\nX = Y = 1\n\n\n", "is not bound once and for"),
    ],
)
def test_only_what_stays_the_same_is_a_value(
    values: tuple[str, str], head: str, message: str, tmp_path: Path
) -> None:
    workspace = bodies(tmp_path, f"return {values[0]}", f"return {values[1]}", head)
    found = refusal(workspace, "values-stand", "load", parameters=[param("value", *values)])
    assert message in found.message


def test_a_class_below_the_host_is_no_value(tmp_path: Path) -> None:
    text = "class {0}:\n    def load(self):\n        return {1}\n\n\nclass {1}: ...\n"
    workspace = two(tmp_path, text.format("A", "X"), text.format("B", "Y"))
    found = refusal(workspace, "values-stand", "load", parameters=[param("value", "X", "Y")])
    assert found.message == "the value 'X' of 'value' is bound below A"


def test_a_value_that_tests_replace_is_refused(tmp_path: Path) -> None:
    workspace = bodies(
        tmp_path,
        "return X()",
        "return Y()",
        "from pkg.m import X, Y\n\n\n",
        m="class X: ...\n\n\nclass Y: ...\n",
        test="from unittest.mock import patch\n\nwith patch('pkg.b.Y'):\n    pass\n",
    )
    found = refusal(workspace, "values-stand", "load", parameters=[param("value", "X", "Y")])
    assert found.path == "src/pkg/test.py"
    assert "only once, when it is made" in found.message


USES = {
    "a member": "    label = 1\n",
    "an attribute": "    def other(self):\n        self.label = 1\n",
    "a text": "    def other(self):\n        return getattr(self, 'label')\n",
}


@pytest.mark.parametrize("use", USES)
def test_new_names_are_free(use: str, tmp_path: Path) -> None:
    text = "class {0}:\n    def load(self):\n        return '{0}'\n\n"
    workspace = two(tmp_path, text.format("A"), text.format("B") + USES[use])
    found = refusal(workspace, "names-are-free", "load", parameters=[LABEL])
    assert (found.path, found.instead) == ("src/pkg/b.py", "choose another name")


def test_new_names_are_free_in_subclasses(tmp_path: Path) -> None:
    text = "class {0}:\n    def load(self):\n        return '{0}'\n"
    child = "from pkg.c import C\n\n\nclass D(C):\n    _label = 2\n"
    middle = "from pkg.a import A\n\n\nclass C(A):\n    pass\n"
    workspace = two(tmp_path, text.format("A"), text.format("B"), c=middle, d=child)
    parameters = [param("_label", "'A'", "'B'")]
    found = refusal(workspace, "names-are-free", "load", parameters=parameters)
    assert found.path == "src/pkg/d.py"


@pytest.mark.parametrize(
    ("second", "others"),
    [
        ("from pkg.a import A\n\n\nclass B(A):\n", {}),
        ("class B:\n", {"c": "from pkg import a, b\n\n\nclass C(a.A, b.B): ...\n"}),
    ],
)
def test_classes_that_meet_are_not_merged(
    second: str, others: dict[str, str], tmp_path: Path
) -> None:
    body = "    def load(self):\n        return 1\n"
    workspace = two(tmp_path, f"class A:\n{body}", second + body, **others)
    found = refusal(workspace, "hosts-stand-apart", "load")
    assert found.message.endswith("inherits both A and B, or is one of them")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("from pkg.m import f", "from pkg.n import f"),
        ("from pkg.m import f", "f = len"),
        ("def f(): return 1", "def f(): return 2"),
    ],
)
def test_a_global_that_means_something_else_is_refused(
    first: str, second: str, tmp_path: Path
) -> None:
    body = "    def load(self):\n        return f()\n"
    modules = {"m": "def f(): return 1\n", "n": "def f(): return 2\n"}
    workspace = two(
        tmp_path, f"{first}\n\n\nclass A:\n{body}", f"{second}\n\n\nclass B:\n{body}", **modules
    )
    helpers = ["f"] if "def" in first else []
    found = refusal(workspace, "globals-agree", "load", helpers=helpers)
    assert found.message.startswith("'f' is not the same in pkg.b and in pkg.a")


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ("class B:\r\n    def load(self): return 1\r\n", "line ends"),
        ("class B:\n\tdef load(self): return 1\n", "indentation"),
        ("from __future__ import annotations\nclass B:\n    def load(self): return 1\n", "__fut"),
    ],
)
def test_files_of_another_kind_are_refused(second: str, what: str, tmp_path: Path) -> None:
    workspace = two(tmp_path, "class A:\n    def load(self): return 1\n", second)
    assert what in refusal(workspace, "files-are-alike", "load").message


def test_two_classes_of_one_module_are_refused(tmp_path: Path) -> None:
    text = "class A:\n    def load(self): return 1\n\n\nclass B:\n    def load(self): return 1\n"
    workspace = tree(tmp_path, {"src/pkg/a.py": text})
    found = refusal(workspace, "files-are-alike", "load", sources=["pkg.a:A", "pkg.a:B"])
    assert found.instead == "give it a module of its own first"


HEADERS = {
    "a default": ("def load(self, n=1)", "def load(self, n=2)"),
    "a name": ("def load(self, n)", "def load(self, m)"),
    "a kind": ("def load(self, n)", "async def load(self, n)"),
    "a decorator": ("@property\n    def load(self)", "def load(self)"),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_are_the_same(kind: str, tmp_path: Path) -> None:
    first, second = HEADERS[kind]
    workspace = two(
        tmp_path,
        f"class A:\n    {first}:\n        return 1\n",
        f"class B:\n    {second}:\n        return 1\n",
    )
    found = refusal(workspace, "members-align", "load", hooks=["_any"])
    assert "its header differs" in found.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@staticmethod\n    def _{0}(): return 1", "decorated, so that an alias of it would be"),
        ("_{0} = 1", "is not one method"),
        ("def _{0}(self): return 1\n    x = _{0}", "is used by the class body itself"),
    ],
)
def test_only_plain_methods_are_renamed(text: str, message: str, tmp_path: Path) -> None:
    texts = [f"class {name}:\n    {text.format(name.lower())}\n" for name in "AB"]
    renames = [{"name": "_load", "was": ["_a", "_b"]}]
    found = refusal(two(tmp_path, *texts), "renames-are-plain", "_load", renames=renames)
    assert message in found.message


def test_unknown_names_are_refused_with_the_nearest(tmp_path: Path) -> None:
    workspace = bodies(tmp_path, "return 1", "return 1")
    found = refusal(workspace, "names-exist", "lode")
    assert (found.message, found.instead) == (
        "A has no member 'lode' of its own",
        "did you mean load?",
    )
    found = refusal(workspace, "names-exist", "load", sources=["pkg.a:A", "pkg.b:C"])
    assert found.message == "there is no class 'C' at the top level"
    assert (
        "pkg.d"
        in refusal(workspace, "names-exist", "load", sources=["pkg.a:A", "pkg.d:B"]).message
    )


def test_the_checks_of_an_extraction_are_asked_for_each_class(tmp_path: Path) -> None:
    workspace = two(
        tmp_path,
        "class A:\n    def load(self):\n        return 1\n",
        "class B:\n    __slots__ = ()\n\n    def load(self):\n        return 1\n",
    )
    found = refusal(workspace, "class-shape", "load")
    assert found.path == "src/pkg/b.py"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"parameters": [{"name": "x", "values": ["1"]}]}, "'x' has 1 entries for 2 classes"),
        ({"parameters": [{"name": "x", "values": ["1", "2 +"]}]}, "'2 +' is not a Python expr"),
        ({"renames": [{"name": "x", "was": ["a", "b"]}]}, "'x' is not one of the members"),
        ({"from": ["pkg.a:A", "pkg.a:A"]}, "a class is named twice"),
        ({"from": ["pkg.a:A"]}, "one class has nothing to merge"),
        ({"hooks": ["_a", "_a"]}, "'_a' is given to two things"),
        ({"hooks": ["load"]}, "'load' is given to two things"),
        ({"from": "pkg.a:A"}, "from must be a list of classes, not text"),
        ({"parameters": [{"nam": "x", "values": ["1", "2"]}]}, "unknown key 'nam'"),
        ({"hook": ["a"]}, "unknown key 'hook'"),
    ],
)
def test_a_plan_says_what_is_wrong(keys: dict[str, Any], message: str) -> None:
    step = {
        "id": "1",
        "do": "merge_members",
        "from": ["pkg.a:A", "pkg.b:B"],
        "to": "pkg.m:M",
        "members": ["load"],
        "why": "twice",
    }
    with pytest.raises(CarveError) as caught:
        build_plan({"format": 1, "steps": [{**step, **keys}]})
    assert message in caught.value.message


def test_behaviour_is_the_same_for_every_way_through_a_hook(tmp_path: Path) -> None:
    text = (
        "class {0}:\n    def load(self, n):\n        log = []\n        try:\n"
        "            total = n\n            for item in range(n):\n{1}"
        "            log.append(total)\n        except TypeError as error:\n"
        "            log.append(str(error)[:9])\n        return log\n"
    )
    first = text.format("A", "                total += item\n")
    second = text.format("B", "                total = total * 2 if item else total\n")
    workspace = two(tmp_path, first, second)
    planned = merge(workspace, "load", hooks=["_step"])
    assert isinstance(planned, Planned)
    write(tmp_path, {e.path: (e.after or b"").decode() for e in planned.edits})
    scope: dict[str, Any] = {}
    exec(first + second, scope)  # noqa: S102 - our own text above
    code = (
        "from pkg.a import A; from pkg.b import B\n"
        "print([(A().load(n), B().load(n)) for n in (0, 3, None)])"
    )
    known = [(scope["A"]().load(n), scope["B"]().load(n)) for n in (0, 3, None)]
    assert python(tmp_path / "src", code) == f"{known}\n"


def test_the_common_type_means_the_same_everywhere(tmp_path: Path) -> None:
    text = "from pkg.m import X, Y\n{0}\n\nclass {1}:\n    def load(self) -> {2}: return {2}()\n"
    models = "class T: ...\n\n\nclass X(T): ...\n\n\nclass Y(T): ...\n"
    workspace = two(
        tmp_path,
        text.format("", "A", "X"),
        text.format("T = 1", "B", "Y"),
        m=models,
    )
    parameters = [param("value", "X", "Y", annotation="pkg.m:T")]
    found = refusal(workspace, "values-stand", "load", parameters=parameters)
    assert found.message == "'T' means pkg.b.T here, not pkg.m:T"


def test_same_names_in_other_files_are_other_classes(tmp_path: Path) -> None:
    text = "class Host:\n    def load(self): return 1\n\n\nclass Child(Host): ...\n"
    sources = ["pkg.a:Host", "pkg.b:Host"]
    assert MIXIN in merged(two(tmp_path, text, text), "load", sources=sources)


COUNTING = "class {0}:\n    def _count(self, {1}, by=1):\n        return [{1}] * by\n"


def counting(folder: Path, **others: str) -> Any:
    return two(folder, COUNTING.format("A", "kind"), COUNTING.format("B", "sort"), **others)


def test_parameters_of_a_private_method_may_be_called_otherwise(tmp_path: Path) -> None:
    texts = merged(counting(tmp_path), "_count")
    assert "    def _count(self, kind, by=1):\n        return [kind] * by\n" in texts[MIXIN]
    write(tmp_path, texts)
    assert python(tmp_path / "src", "from pkg.b import B; print(B()._count('x', 2))") == (
        "['x', 'x']\n"
    )


@pytest.mark.parametrize(
    "call",
    [
        "B()._count(sort=1)",
        "getattr(B(), '_count')(sort=1)",
        "partial(B()._count, sort=1)",
        "B()._count(**{'sort': 1})",
    ],
)
def test_an_argument_that_is_passed_by_a_lost_name_is_refused(call: str, tmp_path: Path) -> None:
    workspace = counting(tmp_path, user=f"from pkg.b import B\n\nmade = {call}\n")
    found = refusal(workspace, "keywords-fit", "_count")
    assert (found.path, found.line) == ("src/pkg/user.py", 3)


def test_an_argument_that_both_call_the_same_may_be_passed_by_name(tmp_path: Path) -> None:
    user = "from pkg.b import B\n\nmade = B()._count(1, by=2)\n"
    assert MIXIN in merged(counting(tmp_path, user=user), "_count")


@pytest.mark.parametrize(
    "first",
    [
        "class A:\n    def count(self, kind): return kind\n",
        "class A:\n    def count(self, *, kind): return kind\n",
    ],
)
def test_names_that_anybody_may_pass_by_are_not_changed(first: str, tmp_path: Path) -> None:
    second = first.replace("class A", "class B").replace("kind", "sort")
    found = refusal(two(tmp_path, first, second), "members-align", "count")
    assert "its header differs" in found.message


@pytest.mark.parametrize(
    "seen",
    [
        "locals()",
        "vars().keys()",
        "inspect.currentframe().f_locals.keys()",
        "inspect.currentframe().f_locals.get('y')",
    ],
)
def test_names_that_the_code_itself_sees_are_not_changed(tmp_path: Path, seen: str) -> None:
    texts = (f"{name} = n\nreturn {seen}" for name in "xy")
    workspace = bodies(tmp_path, *texts, head="import inspect\n\n\n")
    message = refusal(workspace, "members-align", "load").message
    assert message.startswith("no parameter covers this difference in 'load'")


def test_names_that_a_look_at_the_frame_does_not_ask_for_may_differ(tmp_path: Path) -> None:
    seen = "inspect.currentframe().f_locals.get('self')"
    texts = (f"{name} = n\nreturn {name}, {seen}" for name in "xy")
    workspace = bodies(tmp_path, *texts, head="import inspect\n\n\n")
    assert "x = n" in merged(workspace, "load")[MIXIN]
