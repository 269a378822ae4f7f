"""Writing: what is written reads back as it was, here and for readers of YAML 1.1."""

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import (
    ModelCachingSubcontract,
    ModelEventTypeSubcontract,
    ModelFSMSubcontract,
    ModelSubcontractBase,
    ModelTransactionSubcontract,
)
from omnibase_core.utils.contract_yaml import (
    dump_subcontract,
    load_subcontract,
    read_document,
    write_document,
)
from omnibase_core.utils.contract_yaml.limits import DEFAULT_LIMITS
from omnibase_core.utils.contract_yaml.parser import LOADERS, parse
from omnibase_core.utils.contract_yaml.reader import compose

WORDS = r"""
no yes on off y N True ~ null NULL 1:30 0o17 017 0x1F 1_000 1e3 1.0 .inf -.INF .nan 2024-01-31
- ? : # & * ! | > ' " % @ ` { } [ ] , = << --- ... -1 +1 0b1 <a> a:b a#b é ü 日本 😀 \\ \n
"""
TRICKY = WORDS.split()
TRICKY += ["", " ", "a ", " a", "a: b", "a #b", "\n", "a\nb\n", "a\r\nb", "\t", "\0", "\x85"]
TRICKY += ["\u2028", "\ufeff", "\x7f", "\u202e", "k" * 2000, "- a", "a\n\n\nb", "1 2", "\\u0041"]
TRICKY += ["\ufffe", "\U0001fffe", "\x1b[0m", "$ref ", "#/a", "Infinity", "0", "-0", "1__0"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(TRICKY)
    | st.text()
    | st.text(alphabet="no1:e._-+~ \n'\"#x", max_size=8)
)
keys = (st.sampled_from(TRICKY) | st.text()).filter(lambda key: key != "$ref")
data_like = st.recursive(
    scalars, lambda below: st.lists(below) | st.dictionaries(keys, below), max_leaves=20
)


def read(text: str, loader: object) -> object:
    return compose(text, "a.yaml", DEFAULT_LIMITS, parse(text, loader)).plain()


@settings(max_examples=300)
@given(data_like)
def test_any_data_reads_back_with_every_parser_and_schema(data: object) -> None:
    text = write_document(data)
    for loader in LOADERS:
        assert repr(read(text, loader)) == repr(data)
    assert repr(yaml.safe_load(text)) == repr(data)


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_texts_stay_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    data = {text: [text, {"a": text, "b": [{text: text}]}], "flat": [text]}
    path.write_text(write_document(data), encoding="utf-8", newline="")
    assert read_document(path).data == data
    assert yaml.safe_load(path.read_bytes()) == data


@pytest.mark.parametrize("number", [1e16, 1e-7, -2.5e300, 5e-324, -0.0, math.inf, 10**600])
def test_numbers_stay_numbers(number: float) -> None:
    text = write_document([number])
    assert repr(read(text, LOADERS[0])) == repr(yaml.safe_load(text)) == repr([number])


def test_data_looks_as_people_write_it() -> None:
    data = {
        "name": "x",
        "empty": {},
        "none": [],
        "short": [1, "no", None],
        "deep": [[1, [2]], {"a": 1, "b": {"c": [{}]}}],
    }
    comments = {("short",): "Two\nlines\x07", ("deep", 1, "b"): "Deep"}
    assert write_document(data, comments=comments) == (
        'name: x\nempty: {}\nnone: []\n# Two\n# lines\\u0007\nshort: [1, "no", null]\n'
        "deep:\n  - - 1\n    - [2]\n  - a: 1\n    # Deep\n    b:\n      c:\n        - {}\n"
    )


CYCLE: list[object] = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"a": {"$ref": "x"}}, r" <data>:1:1: a\.\$ref: the key \$ref would be read as a ref"),
        ({"a": [{1: 2}]}, r"a\[0\]: the key 1 is no text"),
        ({"a": object()}, "a: object is no kind of value that YAML has"),
        ({"a": {1, 2}}, "a: set is no kind of value"),
        ("\ud800", "the data: a text holds half a character"),
        (10**2000, "a number is too long"),
        (CYCLE, "the data is nested too deeply"),
    ],
)
def test_what_would_not_read_back_is_refused(data: object, message: str) -> None:
    with pytest.raises(ModelOnexError, match=message):
        write_document(data)


def test_a_subcontract_is_ready_to_paste() -> None:
    model = ModelTransactionSubcontract(auto_commit=True)
    text = dump_subcontract(
        model, purpose="Configures MixinTransactions", node_types=[EnumNodeType.EFFECT]
    )
    assert text.startswith(
        "contract_type: transaction_subcontract\n"
        "contract_version: {major: 1, minor: 0, patch: 0}\n"
        "metadata:\n"
        "  name: transaction_subcontract\n"
        "  description: Settings of transactions\n"
        "  purpose: Configures MixinTransactions\n"
        "  applicable_node_types: [EFFECT]\n"
        "config:\n"
        "  # Run operations in transactions\n"
        "  transaction_enabled: true\n"
    )
    assert "  # Commit when an operation succeeds\n  auto_commit: true\n" in text


def loaded(model: ModelSubcontractBase, path: Path) -> ModelSubcontractBase:
    path.write_text(dump_subcontract(model), encoding="utf-8", newline="")
    return load_subcontract(path, type(model), strict=True)


@settings(max_examples=100)
@given(events=st.lists(keys | st.text(), min_size=1), routing=scalars.map(str))
def test_texts_of_a_subcontract_load_back(
    events: list[str], routing: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    model = ModelEventTypeSubcontract(
        primary_events=events, event_categories=["1:30"], event_routing=routing
    )
    assert loaded(model, tmp_path_factory.getbasetemp() / "events.yaml") == model


def test_nested_models_load_back_and_are_described_once(tmp_path: Path) -> None:
    assert loaded(ModelCachingSubcontract(), tmp_path / "a.yaml") == ModelCachingSubcontract()
    states = [{"state_name": "no", "description": "~"}, {"state_name": "1_000"}]
    steps = [{"transition_name": "t", "from_state": "no", "to_state": "1_000", "trigger": "\n"}]
    machine = ModelFSMSubcontract.model_validate(
        {
            "state_machine_name": "0o17",
            "description": "é\n",
            "states": states,
            "initial_state": "no",
            "transitions": steps,
        }
    )
    assert loaded(machine, tmp_path / "b.yaml") == machine
    text = (tmp_path / "b.yaml").read_text(encoding="utf-8")
    assert text.count("    # Name of the state\n") + text.count("- # Name of the state\n") == 1
    assert "contract_type: fsm_subcontract\n" in text


class ModelPart(BaseModel):
    """A part of a subcontract."""

    size: int = Field(default=1, description="How large", alias="Size")


class ModelOddSubcontract(ModelSubcontractBase):
    """A value that has no text."""

    content: bytes = b""
    ratio: float = 1e16
    parts: dict[str, ModelPart] = Field(
        default_factory=lambda: {"1e3": ModelPart(), "no": ModelPart(Size=2)}
    )


def test_odd_values_load_back_and_what_is_no_json_is_refused(tmp_path: Path) -> None:
    assert loaded(ModelOddSubcontract(), tmp_path / "a.yaml") == ModelOddSubcontract()
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert '    "no":\n      # How large\n      Size: 2\n' in text
    with pytest.raises(ModelOnexError, match=r"ModelOddSubcontract.*invalid utf-8"):
        dump_subcontract(ModelOddSubcontract(content=b"\xff"))
