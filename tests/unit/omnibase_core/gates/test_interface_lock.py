"""The lock of the subcontracts' interfaces, on small models in trees of their own."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates import schemas
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.interface.locked_models import locked_models
from omnibase_core.gates.interface_lock import find, find_breaks
from omnibase_core.utils.contract_yaml.contract_types import contract_type_of

ROOT = Path(__file__).parents[4]
PACKAGE = ROOT / "src/omnibase_core"
COMMITTED = sorted((PACKAGE / "schemas").glob("*.json"))
SUBCONTRACTS = "src/omnibase_core/models/contracts/subcontracts"
MODEL = f"{SUBCONTRACTS}/model_tea_subcontract.py"
SCHEMA = "src/omnibase_core/schemas/tea_subcontract.schema.json"

HEAD = '''"""How tea is made."""

from enum import Enum
from typing import *
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, model_validator

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer
'''
BODY = """
class Kind(Enum):
    GREEN = "green"
    BLACK = "black"

class ModelPot(BaseModel):
    size: int = 2
    lid: Literal["glass", "clay"] = "clay"

class ModelLeaf(BaseModel):
    name: str
    parts: list["ModelLeaf"] = []

class ModelTeaSubcontract(ModelSubcontractBase):
    '''Settings of tea. Interface 1.2.3, locked.'''

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=2, patch=3)

    minutes: int = Field(default=3, ge=1, le=10, description="How long it draws")
    degrees: float = Field(default=90.0, gt=0.0, lt=100.5)
    name: str = Field(default="tea", min_length=1, max_length=20)
    kind: Kind = Kind.GREEN
    sugar: bool = False
    water: str
    cups: list[int] = Field(default=[1, 2], max_length=4)
    labels: dict[str, int] = {}
    spots: tuple[int, str] = (1, "a")
    note: str | None = None
    pot: ModelPot = Field(default_factory=ModelPot)
    spare: ModelPot | None = None
    leaf: ModelLeaf | None = None
    batch: str = Field(default_factory=lambda: uuid4().hex)
"""
FIELD = "    sugar: bool = False\n"


def put(root: Path, body: str = BODY) -> None:
    path = root / MODEL
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + body, encoding="utf-8")
    path.with_suffix(".yaml").write_text("contract_type: tea_subcontract\n", encoding="utf-8")


def changed(*pairs: tuple[str, str], version: str = "1.2.3") -> str:
    body = BODY
    for old, new in pairs:
        assert body.count(old) == 1, old
        body = body.replace(old, new)
    major, minor, patch = version.split(".")
    numbers = f"major={major}, minor={minor}, patch={patch}"
    return body.replace("major=1, minor=2, patch=3", numbers).replace("1.2.3", version)


def messages(root: Path) -> list[str]:
    return [finding.message for finding in find(root)]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with one model and its schema."""
    folder = tmp_path_factory.mktemp("locked")
    put(folder)
    assert schemas.write(folder) == [folder / SCHEMA]
    assert not list(find(folder))
    return folder


@pytest.fixture
def root(locked: Path, tmp_path: Path) -> Path:
    """Such a tree, to change."""
    return shutil.copytree(locked, tmp_path, dirs_exist_ok=True)


BREAKS = [
    (
        ("    sugar: bool = False\n", ""),
        (
            "field sugar was removed: contracts that set it would silently lose the setting, "
            "code that reads contract.sugar fails"
        ),
    ),
    (
        (FIELD, f"{FIELD}    milk: bool\n"),
        "field milk is new and has to be given: contracts written before it are refused",
    ),
    (
        ("sugar: bool = False", "sugar: bool"),
        "field sugar has to be given now: contracts that leave it out are refused",
    ),
    (("water: str", 'water: str = "tap"'), "field water no longer has to be given: code"),
    (
        ("ge=1, le=10", "ge=2, le=10"),
        (
            "field minutes takes at least 2 now, where it took at least 1: "
            "contracts with values in the gap are refused"
        ),
    ),
    (("ge=1, le=10", "ge=0, le=10"), "field minutes takes at least 0 now, .* old range can meet"),
    (("ge=1, le=10", "ge=1, le=9"), "field minutes takes at most 9 now, .* refused"),
    (("ge=1, le=10", "ge=1, le=11"), "field minutes takes at most 11 now, .* can meet"),
    (("ge=1, le=10", "ge=1"), "field minutes takes values however large now, .* can meet"),
    (("ge=1, le=10", "gt=1, le=10"), "takes only more than 1 now, .*at least 1: .* refused"),
    (("gt=0.0", "ge=0.0"), r"takes at least 0\.0 now, where it took only more than 0\.0: .* meet"),
    (("lt=100.5", "lt=99.5"), r"takes only less than 99\.5 now, .* refused"),
    (("max_length=20", "max_length=9"), "field name takes at most 9 characters now, .* refused"),
    (("max_length=4", "max_length=5"), "field cups takes at most 5 items now, .* can meet"),
    (
        ("default=3, ge", "default=4, ge"),
        (
            "field minutes is 4 by default now, where it was 3: "
            "contracts that leave it out change their behaviour"
        ),
    ),
    (("sugar: bool = False", "sugar: bool = True"), "field sugar is true by default now"),
    (
        ("Field(default_factory=lambda: uuid4().hex)", '"x"'),
        'field batch is "x" by default now, where it was made anew',
    ),
    (
        (FIELD, "    sugar: int = False\n"),
        (
            "field sugar is integer now, where it was boolean: "
            "contracts that set it can be refused, code that reads it meets another type"
        ),
    ),
    (("note: str | None", "note: str | int | None"), "is integer or null or string now, .* meet"),
    (("spare: ModelPot | None = None", "spare: None = None"), "field spare is null now, .* refus"),
    (("cups: list[int]", "cups: list[float]"), r"field cups\[\] is number now"),
    (("labels: dict[str, int]", "labels: dict[str, str]"), r"field labels\[\*\] is string now"),
    (("labels: dict[str, int]", "labels: dict[str, Any]"), r"field labels\[\*\] is anything now"),
    (("tuple[int, str]", "tuple[int, int]"), r"field spots\[1\] is integer now"),
    (("tuple[int, str]", "tuple[int, str, int]"), "field spots .*number of items, 3 where it was"),
    (
        ('    BLACK = "black"\n', ""),
        'field kind no longer takes "black": contracts that say so are refused',
    ),
    (
        ('    BLACK = "black"\n', '    BLACK = "black"\n    MATE = "mate"\n'),
        'field kind takes "mate" as well: code generated for the old values can meet one it',
    ),
    (("kind: Kind = Kind.GREEN", 'kind: str = "green"'), 'kind takes more than "green", "black"'),
    (("note: str | None", 'note: Literal["a"] | None'), 'field note takes only "a" now'),
    (
        ("min_length=1, max_length=20", 'min_length=1, max_length=20, pattern="^t"'),
        r'field name has another pattern, "\^t" where it was none: contracts that fit only',
    ),
    (
        ("    minutes: int", "    model_config = ConfigDict(extra='forbid')\n    minutes: int"),
        'the model has another x-unknown-keys, "refused" where it was "ignored"',
    ),
    (("    size: int = 2\n", ""), r"field pot\.size was removed: .*contract\.pot\.size fails"),
    (("    name: str\n", "    name: str\n    age: int\n"), r"field leaf\.age is new and has to"),
    (("size: int = 2", "size: int = 5"), r"field pot\.size is 5 by default now"),
    (("size: int = 2", "size: str = 'l'"), r"field spare\.size is string now"),
    (("    name: str\n", ""), r"field leaf\.name was removed"),
]


@pytest.mark.parametrize(("change", "message"), BREAKS)
def test_a_break_says_what_breaks_and_keeps_the_schema(
    root: Path, change: tuple[str, str], message: str
) -> None:
    before = (root / SCHEMA).read_bytes()
    put(root, changed(change))
    found = list(find(root))
    assert any(re.search(message, finding.message) for finding in found), messages(root)
    for finding in found:
        assert finding.path == MODEL
        assert finding.message.startswith("ModelTeaSubcontract: ")
        assert finding.instead == "put it back, or raise INTERFACE_VERSION to 2.0.0"
    with pytest.raises(schemas.BrokenInterfaceError, match=message) as error:
        schemas.write(root)
    assert error.value.findings == found
    assert (root / SCHEMA).read_bytes() == before


@pytest.mark.parametrize(("change", "message"), BREAKS)
def test_a_break_may_come_with_a_major_version_and_not_with_a_minor_one(
    root: Path, change: tuple[str, str], message: str
) -> None:
    put(root, changed(change, version="1.3.0"))
    assert any(re.search(message, told) for told in messages(root))
    put(root, changed(change, version="2.0.0"))
    assert messages(root) == ["is behind its model: editors offer what the model no longer says"]
    assert schemas.write(root) == [root / SCHEMA]
    assert not messages(root)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ((FIELD, f"{FIELD}    milk: bool = False\n"), "milk"),
        (("size: int = 2", "size: int = 2\n    hot: bool = True"), "pot.hot"),
        (("    name: str\n", "    name: str\n    age: int = 0\n"), "leaf.age"),
    ],
)
def test_an_optional_field_needs_a_minor_version(
    root: Path, change: tuple[str, str], field: str
) -> None:
    for version in ("1.2.3", "1.2.4"):
        put(root, changed(change, version=version))
        found = list(find(root))
        assert f"field {field} is new while the version is not: " in found[0].message
        assert {finding.instead for finding in found} == {"raise INTERFACE_VERSION to 1.3.0"}
        with pytest.raises(schemas.BrokenInterfaceError, match="is new while"):
            schemas.write(root)
    put(root, changed(change, version="1.3.0"))
    assert not list(find_breaks(root))
    assert messages(root) == ["is behind its model: editors offer what the model no longer says"]
    assert schemas.write(root) == [root / SCHEMA]
    assert not messages(root)
    assert json.loads((root / SCHEMA).read_text("utf-8"))["x-interface-version"] == "1.3.0"


@pytest.mark.parametrize("version", ["1.2.3", "1.2.4"])
def test_words_may_change_with_or_without_a_patch(root: Path, version: str) -> None:
    put(root, changed(("How long it draws", "Time to draw"), version=version))
    assert not list(find_breaks(root))
    [finding] = find(root)
    assert (finding.path, finding.instead) == (SCHEMA, "python -m omnibase_core schema")
    assert schemas.write(root) == [root / SCHEMA]
    assert schemas.write(root) == []


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.2.4", "nothing else changed: its readers look for a difference in vain"),
        ("1.3.0", "nothing else changed: contracts that follow it are refused by older runtimes"),
        ("2.0.0", r"nothing else changed: contracts for 1\.2\.3 are refused for nothing"),
    ],
)
def test_a_version_that_nothing_led_to(root: Path, version: str, message: str) -> None:
    put(root, changed(version=version))
    [finding] = find(root)
    assert re.search(message, finding.message)
    assert finding.instead == "set INTERFACE_VERSION back to 1.2.3"
    lines = (root / MODEL).read_text("utf-8").splitlines()
    assert "INTERFACE_VERSION" in lines[finding.line - 1]


def test_words_are_no_reason_for_a_minor_version_but_may_be_for_a_major_one(root: Path) -> None:
    words = ("Settings of tea.", "Settings of tea, which now has to draw before it is poured.")
    put(root, changed(words, version="1.3.0"))
    [finding] = find(root)
    assert "went up from 1.2.3 to 1.3.0 and no field came" in finding.message
    put(root, changed(words, version="2.0.0"))
    assert not list(find_breaks(root))


@pytest.mark.parametrize("version", ["1.2.2", "1.1.9", "0.9.9"])
def test_a_version_never_goes_down(root: Path, version: str) -> None:
    put(root, changed(("default=3, ge", "default=4, ge"), version=version))
    lower, default = find(root)
    assert f"went down from 1.2.3 to {version}: contracts for 1.2.3 are refused" in lower.message
    assert lower.instead == "set INTERFACE_VERSION to 1.2.3 or above"
    assert "is 4 by default" in default.message


def test_a_finding_names_the_line_of_the_field(root: Path) -> None:
    put(root, changed(("ge=1, le=10", "ge=2, le=10"), ("    water: str\n", "")))
    lines = (root / MODEL).read_text("utf-8").splitlines()
    minutes, water = sorted(find(root), key=lambda finding: -finding.line)
    assert "minutes: int" in lines[minutes.line - 1]
    assert "class" in lines[water.line - 1]
    assert str(minutes) == (
        f"{MODEL}:{minutes.line}  {minutes.message}\n"
        "  put it back, or raise INTERFACE_VERSION to 2.0.0"
    )


def test_a_model_without_a_schema_gets_one(root: Path) -> None:
    (root / SCHEMA).unlink()
    [finding] = find(root)
    assert finding == Finding(
        MODEL,
        1,
        "tea_subcontract has no schema: nothing holds its interface",
        "python -m omnibase_core schema",
    )
    assert schemas.write(root) == [root / SCHEMA]


@pytest.mark.parametrize("gone", [".py", ".yaml"])
def test_a_schema_without_a_model(root: Path, gone: str) -> None:
    (root / MODEL).with_suffix(gone).unlink()
    [finding] = find(root)
    assert finding.path == SCHEMA
    assert "has no model: contracts of its type can no longer be loaded" in finding.message
    assert f"bring back {MODEL}" in finding.instead
    with pytest.raises(schemas.BrokenInterfaceError, match="has no model"):
        schemas.write(root)


def test_a_module_that_defines_no_subcontract_is_no_model(root: Path) -> None:
    put(root, "\nTEA = ModelSubcontractBase\n")
    assert ["has no model" in told for told in messages(root)] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"maximum": 10,', '"maximum": 11,'),
        ('"x-interface-version": "1.2.3"', '"x-interface-version": "1.2.2"'),
        ("How long it draws", "Time"),
        ("  ", "    "),
        (
            "{",
            "[",
        ),
        ('"x-checksum"', '"y-checksum"'),
    ],
)
def test_a_schema_that_was_edited_by_hand(root: Path, old: str, new: str) -> None:
    text = (root / SCHEMA).read_text("utf-8")
    assert old in text
    edited = text.replace(old, new, 1)
    (root / SCHEMA).write_text(edited, "utf-8")
    put(root, changed(("ge=1, le=10", "ge=1, le=11")))
    [finding] = find(root)
    assert finding.path == SCHEMA
    assert finding.message == "was edited by hand: it no longer says what was locked"
    with pytest.raises(schemas.BrokenInterfaceError, match="edited by hand"):
        schemas.write(root)
    assert (root / SCHEMA).read_text("utf-8") == edited


@pytest.mark.parametrize("text", ["", "[]", "null", '"x-checksum"', "{}\n", "[1]\n"])
def test_a_file_that_is_no_schema_counts_as_edited(root: Path, text: str) -> None:
    (root / SCHEMA).write_text(text, "utf-8")
    assert messages(root) == ["was edited by hand: it no longer says what was locked"]


def test_the_same_schema_with_the_line_ends_of_another_system_is_the_same(root: Path) -> None:
    path = root / SCHEMA
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not messages(root)


def test_nothing_is_written_when_one_of_two_breaks(root: Path) -> None:
    other = (root / MODEL).with_name("model_milk_subcontract.py")
    other.write_text(HEAD + BODY.replace("ModelTea", "ModelMilk"), "utf-8")
    other.with_suffix(".yaml").write_text("", "utf-8")
    put(root, changed((FIELD, "")))
    with pytest.raises(schemas.BrokenInterfaceError, match="sugar was removed"):
        schemas.write(root)
    assert [path.name for path in (root / SCHEMA).parent.iterdir()] == [Path(SCHEMA).name]
    put(root)
    assert [path.name for path in schemas.write(root)] == ["milk_subcontract.schema.json"]


def test_a_model_that_reads_other_keys_flags_none(root: Path) -> None:
    before = """
    @model_validator(mode="before")
    @classmethod
    def _old_spelling(cls, data):
        return data
"""
    closed = json.loads((root / SCHEMA).read_text("utf-8"))["properties"]["config"]
    put(root, BODY + before)
    assert not list(find_breaks(root))
    schemas.write(root)
    opened = json.loads((root / SCHEMA).read_text("utf-8"))["properties"]["config"]
    assert closed["additionalProperties"] is False
    assert "additionalProperties" not in opened


FIELDS = {
    "one": "int = Field(default=1, ge=0)",
    "two": "str = 'x'",
    "three": "list[str] = []",
    "four": "bool | None = None",
    "five": "dict[str, float] = {}",
}


def body_of(names: frozenset[str], version: tuple[int, int, int]) -> str:
    major, minor, patch = version
    fields = "".join(f"    {name}: {FIELDS[name]}\n" for name in FIELDS if name in names)
    return (
        "\nclass ModelTeaSubcontract(ModelSubcontractBase):\n    '''Tea.'''\n"
        "    INTERFACE_VERSION: ClassVar[ModelSemVer] = "
        f"ModelSemVer(major={major}, minor={minor}, patch={patch})\n{fields}"
    )


subsets = st.frozensets(st.sampled_from(sorted(FIELDS)))
versions = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))


@given(subsets, subsets, versions, versions)
def test_any_fields_and_versions(
    before: frozenset[str],
    after: frozenset[str],
    was: tuple[int, int, int],
    now: tuple[int, int, int],
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        put(root, body_of(before, was))
        schemas.write(root)
        put(root, body_of(after, now))
        found = list(find_breaks(root))
        assert bool(found) is not allowed(before, after, was, now), found
        if found:
            with pytest.raises(schemas.BrokenInterfaceError, match="ModelTeaSubcontract"):
                schemas.write(root)
        else:
            changed = before != after or was != now
            assert bool(list(find(root))) is changed
            assert len(schemas.write(root)) == changed
            assert not list(find(root))


def allowed(
    before: frozenset[str],
    after: frozenset[str],
    was: tuple[int, int, int],
    now: tuple[int, int, int],
) -> bool:
    """Say what may become of a model whose fields are all optional and whose words stay."""
    if before == after:
        return was == now
    if now[0] > was[0]:
        return True
    return before < after and now[0] == was[0] and now[1] > was[1]


def test_the_committed_schemas_are_up_to_date_and_no_interface_is_broken() -> None:
    assert list(map(str, find(ROOT))) == []
    assert len(COMMITTED) == len(list(locked_models(ROOT))) > 10


def test_the_type_in_a_schema_is_the_one_that_the_loader_asks_for() -> None:
    for locked in locked_models(ROOT):
        assert contract_type_of(locked.model) == locked.contract_type


@pytest.mark.parametrize("inside", ["src", "src/omnibase_core"])
def test_a_package_is_a_root_as_well(root: Path, inside: str) -> None:
    put(root, changed((FIELD, "")))
    [finding] = find(root / inside)
    assert (root / inside / finding.path) == root / MODEL


def test_a_folder_without_the_package_is_no_root(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"holds no omnibase_core with .*; name a repository"):
        list(find(tmp_path))


Problems = Iterator[str]
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}


def problems(value: Any, schema: Mapping[str, Any], parts: Mapping[str, Any], at: str) -> Problems:
    """Yield where `value` does not fit: as much of JSON Schema as the committed ones need."""
    known = {"title", "description", "default", "$schema", "$id", "$defs", "$ref", "anyOf"}
    known |= {"type", "enum", "const", "minimum", "maximum", "minLength", "items", "required"}
    known |= {"properties", "patternProperties", "additionalProperties", "deprecated"}
    strange = {key for key in schema if not key.startswith("x-")} - known
    assert not strange, f"{at}: teach this test about {strange}"
    if "$ref" in schema:
        yield from problems(value, parts[schema["$ref"].removeprefix("#/$defs/")], parts, at)
    if "anyOf" in schema and all([*problems(value, one, parts, at)] for one in schema["anyOf"]):
        yield f"{at}: fits none of the alternatives"
    kind = schema.get("type")
    if kind and not fits_kind(value, kind):
        yield f"{at}: {value!r} is no {kind}"
        return
    yield from scalar_problems(value, schema, at)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from problems(item, schema.get("items", {}), parts, f"{at}[{number}]")
    if isinstance(value, dict):
        yield from object_problems(value, schema, parts, at)


def fits_kind(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, KINDS[kind])


def scalar_problems(value: Any, schema: Mapping[str, Any], at: str) -> Problems:
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not listed"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{at}: {value} is too large"
    if len(str(value)) < schema.get("minLength", 0):
        yield f"{at}: {value!r} is too short"


def object_problems(
    value: dict[str, Any], schema: Mapping[str, Any], parts: Mapping[str, Any], at: str
) -> Problems:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for key, item in value.items():
        below = f"{at}.{key}"
        if key in schema.get("properties", {}):
            yield from problems(item, schema["properties"][key], parts, below)
        elif any(re.search(pattern, key) for pattern in schema.get("patternProperties", ())):
            continue
        elif schema.get("additionalProperties") is False:
            yield f"{below}: is not known"


def yaml_of(schema: Path) -> Path:
    name = schema.name.removesuffix(".schema.json")
    return PACKAGE / f"models/contracts/subcontracts/model_{name}.yaml"


def fitting(schema: Path, data: object) -> list[str]:
    whole = json.loads(schema.read_text("utf-8"))
    return list(problems(data, whole, whole["$defs"], "document"))


@pytest.mark.parametrize("schema", COMMITTED, ids=lambda path: path.name)
def test_the_yaml_of_a_model_names_its_schema_and_fits_it(schema: Path) -> None:
    text = yaml_of(schema).read_text("utf-8")
    named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (yaml_of(schema).parent / named).resolve() == schema
    assert fitting(schema, yaml.safe_load(text)) == []


@pytest.mark.parametrize("schema", COMMITTED, ids=lambda path: path.name)
def test_a_schema_objects_to_what_the_loader_would(schema: Path) -> None:
    data = yaml.safe_load(yaml_of(schema).read_text("utf-8"))
    wrong = {**data, "contract_type": "other", "contract_version": {"major": 1, "minor": 9}}
    assert fitting(schema, wrong) == [
        f"document.contract_type: 'other' is not {data['contract_type']!r}",
        "document.contract_version: patch is missing",
        "document.contract_version.minor: 9 is too large",
    ]
    found = fitting(schema, {**data, "config": {**data["config"], "misspelt": 1}})
    assert found == ["document.config.misspelt: is not known"]


def test_an_old_key_is_known_and_deprecated() -> None:
    path = PACKAGE / "schemas/circuit_breaker_subcontract.schema.json"
    data = yaml.safe_load(yaml_of(path).read_text("utf-8"))
    assert fitting(path, {**data, "config": {"timeout_ms": 1500}}) == []
    fields = json.loads(path.read_text("utf-8"))["properties"]["config"]["properties"]
    assert fields["timeout_ms"]["deprecated"] is True


def test_a_schema_tells_bounds_choices_and_defaults() -> None:
    path = PACKAGE / "schemas/retry_subcontract.schema.json"
    text = path.read_text("utf-8")
    fields = json.loads(text)["properties"]["config"]["properties"]
    assert text.endswith("}\n")
    assert fields["max_retries"] == {
        "default": 3,
        "description": "Attempts after the first",
        "maximum": 100,
        "minimum": 0,
        "type": "integer",
    }
    assert "fibonacci" in fields["backoff_strategy"]["enum"]
    assert fields["retry_on_status_codes"]["default"] == [429, 500, 502, 503, 504]
