"""Whatever nearly alike classes do, they do the same once their members are merged."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from carving import python
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merging import merge, param, two, write

from carve.errors import StepRefused
from carve.steps.outcome import Planned

# `@v` is a value, `@t` and `@f` are it inside of a text or an f-string; `@n` is what the class
# calls a local variable.
LINES = (
    "@n = [self.base, @v]",
    "@n.append(@v)",
    "@n += ['is @t.']",
    "@n += [f'{n} of @f and {self.base!r}']",
    "@n += ['{@t}', '@t@t']",
    "if n: @n.append((@v, n))",
    "for item in range(n):\n    # Each.\n    @n.append({'k': item, @v: 'x@t'})",
    "def inner(m=n):\n    return [m, @v, '@t']\n@n += inner()",
    "@n += [x for x in (@v, @v) if x != n]",
    "try:\n    @n.append(1 // n)\nexcept ZeroDivisionError as err:\n    @n.append(f'@f: {err}')",
    "while len(@n) < 3: @n.append(@v)",
    "@n = (lambda: [@v, *@n])()",
)
# What the classes may do differently; each works on `@n` alone.
RUNS = (
    "@n = @n[::-1]",
    "@n += [n] * 2\n@n = list(@n)",
    "copy = list(@n)\nfor each in copy:\n    @n.append(each)\n    break",
    "@n.append({'a': n}['a'])",
    "",
)
VALUES = st.text("ab'\"{}\\ ä\n", min_size=1, max_size=4)
HEAD = "class Base:\n    base = 'b'\n\n\n"


def _code(lines: list[str], value: str, local: str) -> str:
    inner = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    text = "\n".join(lines).replace("@n", local)
    text = text.replace("@f", inner.replace("{", "{{").replace("}", "}}"))
    return text.replace("@t", inner).replace("@v", repr(value))


def _module(name: str, lines: list[str], value: str, local: str) -> str:
    body = "".join(f"        {line}\n" for line in _code(lines, value, local).split("\n") if line)
    return f"{HEAD}class {name}(Base):\n    def load(self, n):\n{body}        return {local}\n"


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _results(text: str, name: str) -> list[Any]:
    scope: dict[str, Any] = {}
    exec(text, scope)  # noqa: S102 - our own text above
    return [scope[name]().load(n) for n in (0, 3)]


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(
    lines=st.lists(st.sampled_from(LINES[1:]), min_size=1, max_size=5),
    values=st.tuples(VALUES, VALUES).filter(lambda pair: pair[0] != pair[1]),
    runs=st.tuples(st.sampled_from(RUNS), st.sampled_from(RUNS)),
    at=st.integers(1, 5),
    locals_=st.sampled_from([("found", "found"), ("found", "result")]),
)
def test_classes_made_from_one_template_merge_back(
    lines: list[str],
    values: tuple[str, str],
    runs: tuple[str, str],
    at: int,
    locals_: tuple[str, str],
) -> None:
    texts = []
    for name, value, run, local in zip("AB", values, runs, locals_, strict=True):
        own = [LINES[0], *lines]
        texts.append(_module(name, [*own[:at], run, *own[at:]], value, local))
    before = [_results(text, name) for text, name in zip(texts, "AB", strict=True)]
    parameters = [param("label", *map(repr, values))]
    with _folder() as folder:
        planned = _planned(folder, texts, parameters)
        if planned is None:
            return
        write(folder, {edit.path: (edit.after or b"").decode() for edit in planned.edits})
        code = (
            "from pkg.a import A; from pkg.b import B\n"
            "print(ascii([[C().load(n) for n in (0, 3)] for C in (A, B)]))"
        )
        assert python(folder / "src", code) == f"{before!a}\n"


def _planned(folder: Path, texts: list[str], parameters: list[dict[str, Any]]) -> Planned | None:
    """Return the plan with as many parameters and hooks as are of use; None for a refusal."""
    workspace = two(folder, *texts)
    hooks: list[str] = []
    for _ in range(12):
        try:
            planned = merge(workspace, "load", parameters=parameters, hooks=hooks)
        except StepRefused as refusal:
            found = refusal.findings
        else:
            assert isinstance(planned, Planned)
            return planned
        assert not [each for each in found if "fault" in each.instead], found
        idle = [
            p for p in parameters if any(f"parameter {p['name']!r}" in f.message for f in found)
        ]
        if idle:
            parameters = [p for p in parameters if p not in idle]
        elif any("list a name" in each.instead for each in found):
            hooks = [*hooks, f"_hook_{len(hooks)}"]
        else:
            # A text that holds a value by chance, or a run that no method can do.
            return None
    raise AssertionError(found)
