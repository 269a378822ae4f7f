"""What is wrong with a contract is told at once: where, what, and what to do about it."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import omnibase_core.mixins
from omnibase_core.discovery import MixinDiscovery
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_transactions import MixinTransactions
from omnibase_core.nodes.compose import compose_node
from omnibase_core.nodes.contract_document import contract_document
from omnibase_core.nodes.recipe import read_recipe

NO_CLASS = 7


class Opposite(MixinHealthCheck, MixinTransactions, NodeCoreBase):
    """A base that has two mixins in one order."""


class Sealed(NodeCoreBase):
    """A base that nobody may derive from."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        raise RuntimeError(f"{cls.__name__} may not be")


def refused(contract: Path | dict[Any, Any], **options: Any) -> ModelOnexError:
    with pytest.raises(ModelOnexError, match=r"; ") as caught:
        compose_node(contract, **options)
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    return caught.value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "- MixinTransactons",
            (
                "3:5: mixins[0] is 'MixinTransactons', which is no mixin; "
                "did you mean 'MixinTransactions'?"
            ),
        ),
        (
            "- {name: mixin_health_check}",
            (
                "3:12: mixins[0].name is 'mixin_health_check', which is no mixin; "
                "did you mean 'MixinHealthCheck'?"
            ),
        ),
        (
            "- 'x'",
            "3:5: mixins[0] is 'x', which is no mixin; name one of the registry",
        ),
        (
            "- canonicalize_metadata_block",
            (
                "3:5: mixins[0] is 'canonicalize_metadata_block', a function and no class; "
                "call it instead"
            ),
        ),
        (
            "- {name: MixinHealthCheck, preset: defaults}",
            (
                "3:38: mixins[0].preset is 'defaults', which MixinHealthCheck has not; "
                "did you mean 'default'?"
            ),
        ),
        (
            "- {name: MixinHealthCheck, settings: {failure_treshold: 5}}",
            (
                "3:41: unknown key 'failure_treshold' in mixins[0].settings; "
                "did you mean 'failure_threshold'?"
            ),
        ),
        (
            "- {name: MixinHealthCheck, settings: {failure_threshold: 11}}",
            "3:60: mixins[0].settings.failure_threshold is 11; write 10 or less",
        ),
        (
            "- {name: MixinHealthCheck, settings: {failure_threshold: often}}",
            (
                "3:60: mixins[0].settings.failure_threshold has to be a whole number, "
                "and is the text 'often'; write a whole number"
            ),
        ),
        (
            "- {name: MixinHealthCheck, settings: {health_check_interval_ms: 1000}}",
            (
                "3:40: mixins[0].settings.health_check_timeout_ms is above "
                "health_check_interval_ms (1000); change health_check_timeout_ms"
            ),
        ),
        (
            "- {name: MixinTransactions, settings: {isolation_level: none}}",
            "3:59: mixins[0].settings.isolation_level",
        ),
        (
            "- {name: MixinNodeIdFromContract, settings: {}}",
            (
                "3:5: mixins[0] has settings, and MixinNodeIdFromContract has none to set; "
                "remove preset and settings"
            ),
        ),
        (
            "- {name: MixinTransactions, presets: default}",
            "3:31: unknown key 'presets' in mixins[0]; did you mean 'preset'?",
        ),
        ("- {preset: default}", "3:5: the key 'name' is missing in mixins[0]; add name: ..."),
        ("- 7", "3:5: mixins[0] has to be a mapping, and is 7; indent keys below it"),
        ("MixinTransactions", "3:3: mixins has to be a list"),
    ],
)
def test_a_mixin_is_refused_at_its_place(tmp_path: Path, line: str, expected: str) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(f"node: {{name: TicketStore}}\nmixins:\n  {line}\n", encoding="utf-8")
    error = refused(path)
    assert error.message.startswith(f"{path.as_posix()}:{expected}")
    assert len(error.message.splitlines()) == 1


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("name: class", "14: node.name is 'class', a keyword of Python; call it ClassNode, say"),
        ("name: 1st", "14: node.name is '1st', which is no name of a class; use letters"),
        ("name: Ticket Store", "14: node.name is 'Ticket Store', which is no name of a class; "),
        ("name: ''", "14: node.name is '', which is no name of a class; "),
        ("name: \ufb01le", "14: node.name is '\ufb01le', which Python would read as 'file'; "),
        ("name: 5", "14: node.name has to be text, and is 5; put it in quotes"),
        ("base: 'pathlib:Path'", "1: the key 'name' is missing in node; add name: ..."),
        ("name: S, modules: x", "17: unknown key 'modules' in node; did you mean 'module'?"),
        ("name: S, module: no.such", "25: node.module is 'no.such', and there is no such module"),
        ("name: S, module: 1x", "25: node.module is '1x', and there is no such module; "),
        ("name: S, base: NodeCoreBase", "23: node.base is 'NodeCoreBase', which names no class; "),
        ("name: S, base: 'no.such:X'", "23: node.base: there is no module 'no'; check the path"),
        (
            "name: S, base: 'omnibase_core.nodez:X'",
            "23: node.base: there is no module 'omnibase_core.nodez'; check the path",
        ),
        (
            "name: S, base: 'omnibase_core.infrastructure.node_core_base:NodeCorBase'",
            (
                "23: node.base: omnibase_core.infrastructure.node_core_base has no class "
                "'NodeCorBase'; did you mean 'NodeCoreBase'?"
            ),
        ),
        (
            f"name: S, base: '{__name__}:NO_CLASS'",
            f"23: node.base: {__name__}:NO_CLASS is no class but of type",
        ),
        (f"name: S, base: '{__name__}:Path'", f"23: node.base: {__name__}:Path is no node; der"),
        (
            f"name: S, base: '{__name__}:Sealed'",
            "7: no class can be made of Sealed: RuntimeError: S may not be; change the mixins",
        ),
    ],
)
def test_the_class_itself_is_refused_at_its_place(
    tmp_path: Path, node: str, expected: str
) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(f"node: {{{node}}}\n", encoding="utf-8")
    error = refused(path)
    assert error.message.startswith(f"{path.as_posix()}:1:{expected}"), error.message


def test_everything_is_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(
        "node: {name: class, base: 'no.such:X', colour: red}\n"
        "mixins:\n"
        "  - MixinRety\n"
        "  - MixinTransactions\n"
        "  - {name: MixinHealthCheck, preset: defaults, settings: {failure_threshold: 11}}\n"
        "  - MixinTransactions\n"
        "  - {name: MixinRetry, settings: {max_retries: -1}}\n"
        "  - MixinValidation\n"
        "extra: 1\n",
        encoding="utf-8",
    )
    lines = refused(path).message.splitlines()
    places = [line.removeprefix(f"{path.as_posix()}:").split(":")[0] for line in lines]
    assert places == sorted(places)
    text = "\n".join(lines)
    for part in (
        ":1:14: node.name is 'class', a keyword of Python; ",
        ":1:27: node.base: there is no module 'no'; check the path",
        ":1:40: unknown key 'colour' in node; there is 'name', 'base', 'description', 'module'",
        ":3:5: mixins[0] is 'MixinRety', which is no mixin; did you mean 'MixinRetry'?",
        ":5:38: mixins[2].preset is 'defaults', which MixinHealthCheck has not; did you mean ",
        ":5:78: mixins[2].settings.failure_threshold is 11; write 10 or less",
        ":6:5: mixins[3] is 'MixinTransactions' again, which line 4 lists; list it once",
        ":7:48: mixins[4].settings.max_retries is -1; write 0 or more",
        ":8:5: mixins[5]: MixinRetry and MixinValidation do not go together (declared by ",
        ":9:1: unknown key 'extra'; there is 'node', 'mixins'",
    ):
        assert part in text


def test_an_error_carries_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text("node: {name: S}\nmixins: [MixinX]\n", encoding="utf-8")
    facts = refused(path).model.context
    assert (facts["path"], facts["line"], facts["column"]) == (path.as_posix(), 2, 10)
    assert len(facts["problems"]) == 1


def test_an_order_that_is_impossible_is_explained() -> None:
    mixins = ["MixinTransactions", "MixinHealthCheck"]
    error = refused({"node": {"name": "S", "base": f"{__name__}:Opposite"}, "mixins": mixins})
    assert "mixins: there is no order of the classes: " in error.message
    assert "; list " in error.message


def test_a_mapping_has_no_lines_but_keys() -> None:
    error = refused({"node": {"name": "S"}, "mixins": ["MixinTransactons"]})
    assert error.message.startswith("<contract>:1:1: mixins[0] is 'MixinTransactons'")


def test_a_mapping_with_what_yaml_has_not_is_refused() -> None:
    settings = {"a": {1}, 2: "two"}
    error = refused({"node": {"name": "S"}, "mixins": [{"settings": settings}], 3: "three"})
    assert "mixins[0].settings.a is a set, which YAML has not" in error.message
    assert "the key 2 in mixins[0].settings is no text" in error.message
    assert "the key 3 in the contract is no text" in error.message


def test_a_mapping_that_never_ends_is_refused() -> None:
    endless: list[Any] = []
    endless += [endless, endless]
    assert "mixins is nested deeper than 64 levels; " in refused({"mixins": endless}).message
    grown: list[Any] = []
    for _ in range(40):
        grown = [grown, grown]
    assert "mixins holds more than 100000 values; " in refused({"mixins": grown}).message


def test_a_document_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text("- node\n", encoding="utf-8")
    assert refused(path).message.endswith(
        ":1:1: a node contract is a mapping, and this is something else; begin it with node: ..."
    )


def test_a_file_that_cannot_be_read_has_a_code_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"there is no such file") as caught:
        compose_node(tmp_path / "nothing.yaml")
    assert caught.value.error_code is EnumCoreErrorCode.FILE_NOT_FOUND
    with pytest.raises(ModelOnexError, match=r"this is a folder") as caught:
        compose_node(str(tmp_path))
    assert caught.value.error_code is EnumCoreErrorCode.FILE_READ_ERROR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 / 0", "cannot be imported: ZeroDivisionError: division by zero; mend that module"),
        ("import sys; sys.exit(3)", "cannot be imported: SystemExit: 3; mend that module"),
        ("import no_such_one.x", "No module named 'no_such_one'; install no_such_one"),
    ],
)
def test_a_base_whose_module_fails_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    (tmp_path / "failing_base.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    error = refused({"node": {"name": "S", "base": "failing_base:Base"}})
    assert error.message.startswith("<contract>:1:1: node.base: failing_base cannot be imported: ")
    assert error.message.endswith(expected)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PART = st.sampled_from(
    ["MixinTransactions", {"name": "MixinHealthCheck", "settings": {}}, {"name": "MixinRetry"}]
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "node": JSON | st.fixed_dictionaries({"name": JSON}, optional={"module": JSON}),
            "mixins": JSON | st.lists(JSON | PART, max_size=4),
            "other": JSON,
        },
    )
)
def test_whatever_a_contract_says_it_is_a_class_or_one_error(contract: dict[str, Any]) -> None:
    made: type | None = None
    lines: list[str] = []
    try:
        made = compose_node(contract)
    except ModelOnexError as error:
        lines = error.message.split("\n<contract>")
    assert made is None or issubclass(made, NodeCoreBase)
    assert (made is None) == bool(lines)
    assert all("; " in line for line in lines)


Make = Callable[[dict[str, str]], MixinDiscovery]
ENTRY = {
    "description": "A mixin",
    "version": {"major": 1, "minor": 0, "patch": 0},
    "category": "execution",
}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Return a function that puts further mixins among those of the package."""
    found = [*omnibase_core.mixins.__path__, str(tmp_path)]
    monkeypatch.setattr(omnibase_core.mixins, "__path__", found)
    before = set(sys.modules)

    def make(sources: dict[str, str], **more: Any) -> MixinDiscovery:
        entries = {}
        for name, source in sources.items():
            key = f"mixin_{name.removeprefix('Mixin').lower()}"
            entries[key] = {"name": name, **ENTRY, **more.get(name, {})}
            (tmp_path / f"{key}.py").write_text(source, encoding="utf-8")
        (tmp_path / "mixin_metadata.yaml").write_text(yaml.safe_dump(entries), encoding="utf-8")
        importlib.invalidate_caches()
        return MixinDiscovery(tmp_path)

    yield make
    for name in set(sys.modules) - before:
        del sys.modules[name]


def refused_by(discovery: MixinDiscovery, *mixins: str, base: str | None = None) -> str:
    contract = {"node": {"name": "S", "base": base}, "mixins": list(mixins)}
    with pytest.raises(ModelOnexError, match=r"; ") as caught:
        read_recipe(contract_document(contract, None), discovery, strict=True)
    return caught.value.message


def test_mixins_of_unrelated_metaclasses_are_refused(registry: Make) -> None:
    odd = "class Meta(type): ...\nclass MixinOddOne(metaclass=Meta): ..."
    told = refused_by(registry({"MixinOddOne": odd}), "MixinOddOne")
    assert "mixins: metaclass conflict" in told
    assert "MixinOddOne is made by Meta, NodeCoreBase is made by ABCMeta" in told


def test_what_a_mixin_requires_may_come_with_the_base(
    registry: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = {"MixinUpper": "class MixinUpper: ...", "MixinLower": "class MixinLower: ..."}
    discovery = registry(sources, MixinUpper={"requires": ["MixinLower"]})
    assert "mixins[0]: MixinUpper requires MixinLower; add" in refused_by(discovery, "MixinUpper")
    (tmp_path / "base_with_lower.py").write_text(
        "from omnibase_core.infrastructure.node_core_base import NodeCoreBase\n"
        "from omnibase_core.mixins.mixin_lower import MixinLower\n"
        "class Base(MixinLower, NodeCoreBase): ...\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    contract = {"node": {"name": "S", "base": "base_with_lower:Base"}, "mixins": ["MixinUpper"]}
    recipe = read_recipe(contract_document(contract, None), discovery, strict=True)
    assert [base.__name__ for base in recipe.bases] == ["MixinUpper", "Base"]


def test_what_the_base_brings_along_may_be_incompatible(
    registry: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = {"MixinUpper": "class MixinUpper: ...", "MixinLower": "class MixinLower: ..."}
    discovery = registry(sources, MixinLower={"incompatible_with": ["MixinUpper"]})
    (tmp_path / "base_with_other.py").write_text(
        "from omnibase_core.infrastructure.node_core_base import NodeCoreBase\n"
        "from omnibase_core.mixins.mixin_lower import MixinLower\n"
        "class Base(MixinLower, NodeCoreBase): ...\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    told = refused_by(discovery, "MixinUpper", base="base_with_other:Base")
    assert "mixins[0]: MixinUpper and MixinLower do not go together" in told


def test_what_one_mixin_combines_is_not_held_against_the_contract(registry: Make) -> None:
    both = (
        "from omnibase_core.mixins.mixin_lower import MixinLower\n"
        "from omnibase_core.mixins.mixin_upper import MixinUpper\n"
        "class MixinBoth(MixinUpper, MixinLower): ...\n"
    )
    discovery = registry(
        {
            "MixinUpper": "class MixinUpper: ...",
            "MixinLower": "class MixinLower: ...",
            "MixinThird": "class MixinThird: ...",
            "MixinBoth": both,
        },
        MixinLower={"incompatible_with": ["MixinUpper", "MixinThird"]},
    )
    contract = contract_document({"node": {"name": "S"}, "mixins": ["MixinBoth"]}, None)
    assert read_recipe(contract, discovery, strict=True).bases[0].__name__ == "MixinBoth"
    told = refused_by(discovery, "MixinBoth", "MixinThird")
    assert "mixins[1]: MixinThird and MixinLower do not go together" in told
    told = refused_by(discovery, "MixinThird", "MixinBoth")
    assert "mixins[1]: MixinThird and MixinLower do not go together" in told


def test_a_mixin_that_nobody_has_written_is_refused(registry: Make, tmp_path: Path) -> None:
    discovery = registry({"MixinLater": ""})
    (tmp_path / "mixin_later.py").unlink()
    told = refused_by(discovery, "MixinLater")
    assert told.endswith(
        "mixins[0] is 'MixinLater', which is planned only; leave it out until then"
    )


def test_a_requirement_that_the_mixin_uses_itself_is_not_missing(registry: Make) -> None:
    sources = {
        "MixinUpper": "from omnibase_core.mixins.mixin_lower import MixinLower\n"
        "class MixinUpper: ...",
        "MixinLower": "class MixinLower: ...",
    }
    discovery = registry(sources, MixinUpper={"requires": ["MixinLower"]})
    contract = contract_document({"node": {"name": "S"}, "mixins": ["MixinUpper"]}, None)
    assert read_recipe(contract, discovery, strict=True).node.name == "S"


def test_a_mixin_whose_module_fails_or_lacks_it_is_refused(registry: Make) -> None:
    discovery = registry({"MixinBroken": "1 / 0", "MixinPlain": "def MixinPlain(): ..."})
    told = refused_by(discovery, "MixinBroken", "MixinPlain")
    assert "omnibase_core.mixins.mixin_broken cannot be imported: ZeroDivisionError" in told
    assert "mixins[1] is 'MixinPlain', a function and no class; call it instead" in told


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("no.such:Model", "MixinOdd: the subcontract no.such:Model cannot be imported"),
        ("pathlib:Path", "MixinOdd: Path is no subcontract; correct the registry of mixins"),
    ],
)
def test_a_registry_without_proper_settings_is_told(
    registry: Make, model: str, expected: str
) -> None:
    discovery = registry(
        {"MixinOdd": "class MixinOdd: ..."}, MixinOdd={"subcontract_model": model}
    )
    document = contract_document(
        {"node": {"name": "S"}, "mixins": [{"name": "MixinOdd", "settings": {}}]}, None
    )
    with pytest.raises(ModelOnexError, match=r"; ") as caught:
        read_recipe(document, discovery, strict=True)
    assert expected in caught.value.message
