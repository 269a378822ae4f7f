"""Methods of which some have a parameter more, or do something more than the others."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from carving import python
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merging import MIXIN, A, merge, merged, param, refusal, two, write

from carve.errors import CarveError, StepRefused
from carve.plan.load import build_plan
from carve.steps.outcome import Planned
from carve.workspace import Workspace

# `A` counts what it was given, `B` does so earlier and under other names, `C` not at all.
COUNTS = {
    "A": """\
class A:
    def _count(self, kind: str, ms: float, items: int) -> None:
        figures = self.of(kind)
        figures["n"] += 1

        # However it ended.
        figures["ms"] += ms
        total = figures["n"]
        figures["each"] = figures["ms"] / total
        figures["items"] += items
        figures["items_each"] = figures["items"] / total
""",
    "B": """\
class B:
    def _count(self, mode: str, ms: float, steps: int) -> None:
        figures = self.of(mode)
        figures["m"] += 1
        figures["steps"] += steps
        figures["ms"] += ms
        runs = figures["m"]
        figures["each"] = figures["ms"] / runs
        figures["steps_each"] = figures["steps"] / runs
""",
    "C": """\
class C:
    def _count(self, kind: str, ms: float) -> None:
        figures = self.of(kind)
        figures["n"] += 1
        figures["ms"] += ms
        total = figures["n"]
        figures["each"] = figures["ms"] / total
""",
}
HOST = """
    def __init__(self):
        self.figures = dict.fromkeys(("n", "m", "ms", "each", "items", "steps"), 0)

    def of(self, kind):
        return self.figures
"""
ABC = ["pkg.a:A", "pkg.b:B", "pkg.c:C"]
OPTIONS: dict[str, Any] = {
    "sources": ABC,
    "parameters": [param("total", "'n'", "'m'", "'n'")],
    "defaults": [{"name": "items", "value": "0"}],
    "hooks": ["_add", "_average"],
}
SHOW = (
    "from pkg.a import A; from pkg.b import B; from pkg.c import C\n"
    "for host, more in ((A(), [3]), (B(), [4]), (C(), [])):\n"
    "    host._count('x', 2.0, *more); host._count('x', 4.0, *more)\n"
    "    print(host.figures)\n"
)


def counting(folder: Path, **texts: str) -> Any:
    known = {**COUNTS, **texts}
    a, b, c = (known[name] + HOST for name in "ABC")
    return two(folder, a, b, c=c)


def test_what_only_some_do_is_nothing_in_the_mixin(tmp_path: Path) -> None:
    workspace = counting(tmp_path)
    before = python(tmp_path / "src", SHOW)
    texts = merged(workspace, "_count", **OPTIONS)
    assert texts[MIXIN].partition("    def _count")[2] == (
        "(self, kind: str, ms: float, items: int = 0) -> None:\n"
        "        figures = self.of(kind)\n"
        "        figures[self.total] += 1\n\n"
        "        self._add(figures, items)\n"
        "        # However it ended.\n"
        '        figures["ms"] += ms\n'
        "        total = figures[self.total]\n"
        '        figures["each"] = figures["ms"] / total\n'
        "        self._average(figures, items, total)\n\n"
        "    def _add(self, figures: Any, items: int) -> None:\n"
        '        """Do nothing; in `_count` some classes do more here."""\n'
    )
    # The code of A stays in A, that of B in B: no two of them have the same at the end.
    assert [path[-4] for path, text in texts.items() if "def _average" in text] == ["a", "b", "c"]
    assert [path[-4] for path, text in texts.items() if "def _add" in text] == ["d", "b"]
    write(tmp_path, texts)
    assert python(tmp_path / "src", SHOW) == before


def test_a_row_that_all_share_is_found_between_what_differs(tmp_path: Path) -> None:
    planned = merge(counting(tmp_path), "_count", **OPTIONS)
    assert isinstance(planned, Planned)
    assert [each.cover for each in planned.differences] == [
        "items",
        "total",
        "_add",
        "total",
        "_average",
    ]
    added = planned.differences[2]
    assert added.values == ("nothing", "figures['steps'] += steps", "nothing")
    assert planned.notes[0] == (
        "_count of C can be given 'items' as well, and all of the classes can be called without "
        "it (0)"
    )


def test_a_parameter_without_a_default_is_refused(tmp_path: Path) -> None:
    found = refusal(counting(tmp_path), "members-align", "_count", **{**OPTIONS, "defaults": []})
    assert found.message.endswith("its header differs; items would need a value under defaults:")


def test_the_longest_stands_first(tmp_path: Path) -> None:
    options = {**OPTIONS, "sources": [*reversed(ABC)]}
    found = refusal(counting(tmp_path), "members-align", "_count", **options)
    assert found.message.endswith(
        "steps would need a value under defaults:, and B has to stand first under from:"
    )


def test_a_default_for_nothing_is_refused(tmp_path: Path) -> None:
    options = {**OPTIONS, "defaults": [*OPTIONS["defaults"], {"name": "ms", "value": "0"}]}
    found = refusal(counting(tmp_path), "members-align", "_count", **options)
    assert found.message == "every class has 'ms', or none"
    assert found.instead == "take it out of defaults:"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("def load(self, n, m):", "def load(self, n):"),
        ("def __call__(self, n, m):", "def __call__(self, n):"),
        ("def _load(self, n, m, *rest):", "def _load(self, n, *rest):"),
        ("def _load(self, n=1, m=2):", "def _load(self, n=1):"),
        ("def _load(self, n, /, m):", "def _load(self, n, /):"),
        ("def _load(self, n, *, m):", "def _load(self, n):"),
    ],
)
def test_what_anybody_may_call_keeps_its_parameters(
    first: str, second: str, tmp_path: Path
) -> None:
    texts = [
        f"class {host}:\n    {head}\n        return n\n"
        for host, head in (("A", first), ("B", second))
    ]
    name = first[4 : first.index("(")]
    options = {"defaults": [{"name": "m", "value": "0"}]}
    found = refusal(two(tmp_path, *texts), "members-align", name, **options)
    assert "its header differs" in found.message


def test_a_global_of_the_same_name_stays_what_it_is(tmp_path: Path) -> None:
    first = "class A:\n    def _load(self, n, m):\n        return n + m\n"
    second = "m = 7\n\n\nclass B:\n    def _load(self, n):\n        return n + m\n"
    options = {"defaults": [{"name": "m", "value": "0"}], "hooks": ["_sum"]}
    found = refusal(two(tmp_path, first, second), "members-align", "_load", **options)
    assert "'m' is a variable in one of the classes and a global in another" in found.message


SHARED = "class {0}:\n    def load(self, n):\n        return [n, {1}]\n"


def test_what_two_others_share_goes_to_the_mixin(tmp_path: Path) -> None:
    codes = {"A": "n * 2", "B": "max(n, 3)", "C": "max(n, 3)"}
    a, b, c = (SHARED.format(*pair) for pair in codes.items())
    texts = merged(two(tmp_path, a, b, c=c), "load", hooks=["_next"], sources=ABC)
    assert "return max(n, 3)" in texts[MIXIN]
    assert [path for path, text in texts.items() if "def _next" in text] == [MIXIN, A]
    write(tmp_path, texts)
    code = (
        "from pkg.a import A; from pkg.b import B; from pkg.c import C\n"
        "print([each().load(n) for each in (A, B, C) for n in (1, 5)])"
    )
    assert python(tmp_path / "src", code) == "[[1, 2], [5, 10], [1, 3], [5, 5], [1, 3], [5, 5]]\n"


NAMED = "class {0}:\n    def load(self, n):\n        {1}\n        return n\n"


def test_the_names_of_variables_do_not_matter(tmp_path: Path) -> None:
    codes = {
        "A": "print(n)",
        "B": "rows = [k for k in (n, 2)]\n        print(*rows)",
        "C": "lines = [each for each in (n, 2)]\n        print(*lines)",
    }
    a, b, c = (NAMED.format(*pair) for pair in codes.items())
    texts = merged(two(tmp_path, a, b, c=c), "load", hooks=["_show"], sources=ABC)
    assert [path for path, text in texts.items() if "def _show" in text] == [MIXIN, A]
    write(tmp_path, texts)
    code = (
        "from pkg.a import A; from pkg.b import B; from pkg.c import C\n"
        "for each in (A, B, C): each().load(1)"
    )
    assert python(tmp_path / "src", code) == "1\n1 2\n1 2\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("k = n\n        print(k, end=str(j))", "j = n\n        print(j, end=str(j))"),
        ("k = m = n\n        print(k, m)", "k = m = n\n        print(m, k, k)"),
        ("k = (lambda x: x)(x=n)\n        print(k)", "k = (lambda y: y)(y=n)\n        print(k)"),
        ("import os as k\n        print(k.sep)", "import os as m\n        print(m.sep)"),
    ],
)
def test_other_code_is_other_code(one: str, other: str, tmp_path: Path) -> None:
    codes = {"A": "print(n)", "B": one, "C": other}
    a, b, c = ("j = 5\n\n\n" + NAMED.format(*pair) for pair in codes.items())
    texts = merged(two(tmp_path, a, b, c=c), "load", hooks=["_show"], sources=ABC)
    assert [path[-4] for path, text in texts.items() if "print(" in text] == ["a", "b", "c"]


def test_what_needs_its_module_stays_in_each(tmp_path: Path) -> None:
    codes = {"A": "n * 2", "B": "len(os.sep)", "C": "len(os.sep)"}
    a, b, c = (("import os\n\n" + SHARED).format(*pair) for pair in codes.items())
    texts = merged(two(tmp_path, a, b, c=c), "load", hooks=["_next"], sources=ABC)
    assert [path[-4] for path, text in texts.items() if "return len(os.sep)" in text] == ["b", "c"]


def test_a_builtin_that_a_module_replaces_is_no_builtin(tmp_path: Path) -> None:
    codes = {"A": "n * 2", "B": "max(n, 3)", "C": "max(n, 3)"}
    a, b, c = (SHARED.format(*pair) for pair in codes.items())
    own = f"def max(*values):\n    return 'none'\n\n\n{b}"
    found = refusal(
        two(tmp_path, a, own, c=c), "globals-agree", "load", hooks=["_next"], sources=ABC
    )
    assert "'max' is not the same in pkg.b and in pkg.a" in found.message


@pytest.mark.parametrize("value", ["print()", "x", "1 +", "(" * 400])
def test_a_default_is_a_constant(value: str) -> None:
    step = {
        "id": "1",
        "do": "merge_members",
        "from": ["pkg.a:A", "pkg.b:B"],
        "to": "pkg.m:M",
        "members": ["_load"],
        "defaults": [{"name": "m", "value": value}],
        "why": "twice",
    }
    with pytest.raises(CarveError, match="is not a constant"):
        build_plan({"format": 1, "steps": [step]})


LINES = (
    "out.append(n)",
    "out += [self.x]",
    "out.append(len(out))",
    "for k in range(n):\n    out += [k]",
)
OWN = ("out.append(m)", "if m:\n    out.append('m')", "out += [m, n]", "n = m")
OTHER = ("out.append('b')", "out = out[1:]", "")


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    lines=st.lists(st.sampled_from(LINES), min_size=2, max_size=5, unique=True),
    own=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(OWN)), max_size=2),
    other=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(OTHER)), max_size=2),
)
def test_whatever_is_done_more_is_done_where_it_was(
    lines: list[str], own: list[tuple[int, str]], other: list[tuple[int, str]]
) -> None:
    texts = []
    for name, head, more in (("A", "n, m", own), ("B", "n", other)):
        rows = list(lines)
        for at, line in more:
            rows.insert(min(at, len(rows)), line)
        body = "\n".join(["out = [0]", *rows, "return out"]).split("\n")
        inner = "".join(f"        {row}\n" for row in body if row)
        texts.append(f"class {name}:\n    x = 'x'\n\n    def _load(self, {head}):\n{inner}")
    scope: dict[str, Any] = {}
    exec("\n".join(texts), scope)  # noqa: S102 - our own text above
    calls = [("A", (n, m)) for n in (0, 2) for m in (0, 3)] + [("B", (n,)) for n in (0, 2)]
    expected = [scope[name]()._load(*given) for name, given in calls]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        after = _merged(two(folder, *texts))
        if after is None:
            return
        write(folder, after)
        code = (
            "from pkg.a import A; from pkg.b import B\n"
            f"print([{{'A': A, 'B': B}}[name]()._load(*given) for name, given in {calls}])"
        )
        assert python(folder / "src", code) == f"{expected}\n"


def _merged(workspace: Workspace) -> dict[str, str] | None:
    """Return the texts with as many hooks as are of use; None for a refusal."""
    options: dict[str, Any] = {"defaults": [{"name": "m", "value": "0"}]}
    for count in range(7):
        try:
            return merged(workspace, "_load", hooks=[f"_{n}" for n in range(count)], **options)
        except StepRefused as refused:
            told = [f"{each.message} {each.instead}" for each in refused.findings]
        assert not any("fault of carve" in each for each in told), told
        if "'m', or none" in " ".join(told):
            options = {}
        elif not any("list a name" in each for each in told):
            return None
    raise AssertionError(told)
