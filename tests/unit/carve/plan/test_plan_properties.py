"""Whatever is in a file, it is a plan or an error with a place; plans survive being written."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carve.errors import CarveError
from carve.plan import reader
from carve.plan.load import load_plan
from carve.plan.model import Plan, Verify
from carve.plan.refs import ClassRef, is_name
from carve.plan.specs import ExtractMixinSpec

_VALID = """\
format: 1
roots: [src]
verify: {pins: pins, tests: [python, -m, pytest]}
steps:
  - id: a
    do: extract_mixin
    from: p.a:A
    to: p.b:B
    members: [x, y]
    why: "because"
"""


def load(content: bytes) -> Plan | CarveError:
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.yaml")
        path.write_bytes(content)
        try:
            return load_plan(path)
        except CarveError as error:
            found = error
        assert found.where is not None
        assert found.where.path == path.as_posix()
        return found


_PIECES = st.sampled_from(
    [*_VALID.split(" "), *"[]{}:,-&*!|>%@`?#'\"\\\t\n", "\n  ", "<<: ", "--- ", "!!int ", "0x"]
)


@given(st.text() | st.lists(_PIECES).map(" ".join) | st.lists(_PIECES).map("".join))
@example('a: "\\ud800"')
@example('a: "\\UFFFFFFFF"')
@example("[" * 20_000)
@example("? " * 20_000)
@example("%YAML " + "1" * 5000 + ".1\n--- a")
def test_any_text_loads_or_is_refused(text: str) -> None:
    load(text.encode("utf-8", "surrogatepass"))


@given(st.binary())
def test_any_bytes_load_or_are_refused(content: bytes) -> None:
    load(content)


@given(st.integers(0, len(_VALID)), st.integers(0, 12), st.text(max_size=6) | _PIECES)
def test_damaged_plans_load_or_are_refused(start: int, length: int, put: str) -> None:
    damaged = _VALID[:start] + put + _VALID[start + length :]
    load(damaged.encode("utf-8", "surrogatepass"))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_STEP_KEYS = st.sampled_from([*ExtractMixinSpec.keys(), "source"])


@given(
    _VALUES | st.lists(st.dictionaries(_STEP_KEYS, _VALUES | st.just("extract_mixin"))),
    st.dictionaries(st.sampled_from(Plan.keys()), _VALUES),
)
def test_any_data_loads_or_is_refused(steps: object, others: dict[str, object]) -> None:
    content = yaml.safe_dump({**others, "format": 1, "steps": steps}).encode()
    load(content)


@pytest.mark.parametrize("name", ["SafeLoader", "CSafeLoader"])
def test_both_parsers_give_the_same_places(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _VALID.replace("\n", "\r\n").replace("because", "größer 🙂") + "# end"
    expected = reader.read(text, "plan.yaml")
    monkeypatch.setattr(reader, "_Loader", getattr(yaml, name))
    assert reader.read(text, "plan.yaml")[0] == expected[0]
    assert reader.read(text, "plan.yaml")[1].values == expected[1].values
    with pytest.raises(CarveError, match="a tab stands where YAML wants spaces") as caught:
        reader.read("a:\n\t- b", "plan.yaml")
    assert str(caught.value.where) == "plan.yaml:2:1"


@given(st.text() | st.lists(_PIECES).map(" ".join))
@example('a: "\\UFFFFFFFF"')
@example('a: "\\ud800"')
def test_python_parser_refuses_in_the_same_way(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_Loader", yaml.SafeLoader)
        load(text.encode("utf-8", "surrogatepass"))


_PRINTED = st.characters(
    exclude_categories=("Cc", "Cn", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"
)
_TEXTS = st.text(_PRINTED, min_size=1).map(str.strip).filter(bool)
_LINES = _TEXTS.filter(lambda text: len(text.splitlines()) == 1)
_NAMES = st.from_regex(r"[a-z_äß][a-zA-Z0-9_]{0,8}", fullmatch=True).filter(is_name)
_REFS = st.builds(
    ClassRef,
    st.lists(_NAMES, min_size=1, max_size=3).map(lambda parts: ".".join(["pkg", *parts])),
    _NAMES,
)


def _names(least: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_NAMES, min_size=least, max_size=4, unique=True).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    targets = draw(st.lists(_REFS, min_size=1, max_size=4, unique=True))
    ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
    names = draw(st.lists(ids, min_size=len(targets), max_size=len(targets), unique=True))
    steps = [
        ExtractMixinSpec(
            id=name,
            source=ClassRef(f"origin.m{number}", "God"),
            target=target,
            members=draw(_names(1)),
            helpers=draw(_names(0)),
            drops=draw(_names(0)),
            leaves=draw(_names(0)),
            subcontract=draw(st.none() | _REFS),
            summary=draw(st.none() | _LINES),
            why=draw(_TEXTS),
        )
        for number, (name, target) in enumerate(zip(names, targets, strict=True))
    ]
    return Plan(
        format=1,
        roots=draw(st.lists(_TEXTS, min_size=1, max_size=3, unique=True).map(tuple)),
        baseline=draw(st.none() | _TEXTS),
        registry=draw(st.none() | _TEXTS),
        exclude=draw(st.lists(_TEXTS, max_size=2).map(tuple)),
        verify=Verify(
            pins=draw(st.none() | _TEXTS),
            tests=draw(st.none() | st.lists(_TEXTS, min_size=1, max_size=3).map(tuple)),
        ),
        steps=tuple(steps),
    )


@settings(deadline=None)
@given(plans(), st.booleans())
def test_plans_survive_being_written(plan: Plan, skip_defaults: bool) -> None:
    data = plan.model_dump(mode="json", by_alias=True)
    if skip_defaults:
        data = {key: value for key, value in data.items() if value not in (None, [])}
    # JSON is YAML, and quotes all text; YAML's own writer leaves 1e5 bare, a number in YAML 1.2.
    content = json.dumps(data, ensure_ascii=False)
    loaded = load(content.encode())
    assert loaded == plan
    assert isinstance(loaded, Plan)
    assert [step.digest() for step in loaded.steps] == [step.digest() for step in plan.steps]
