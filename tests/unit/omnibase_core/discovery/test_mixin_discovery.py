"""The discovery API on registries in real files, and every way in which a registry is wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import omnibase_core
from omnibase_core.discovery import MixinDiscovery, ModelMixinInfo
from omnibase_core.discovery.dependencies import CircularRequirement, resolve_requirements
from omnibase_core.discovery.mixin_discovery import MAX_METADATA_FILE_SIZE_BYTES
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

SOURCES = Path(omnibase_core.__file__).parents[1]
VERSION = {"major": 1, "minor": 0, "patch": 0}


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "description": f"What {name} does",
        "version": VERSION,
        "category": "execution",
        **more,
    }


Make = Callable[..., MixinDiscovery]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(*entries: dict[str, Any], **sections: Any) -> MixinDiscovery:
        raw = {f"mixin_{each['name'].removeprefix('Mixin').lower()}": each for each in entries}
        text = yaml.safe_dump({**raw, **sections}, sort_keys=False)
        (tmp_path / "mixin_metadata.yaml").write_text(text, encoding="utf-8")
        return MixinDiscovery(tmp_path)

    return make


def written(folder: Path, text: str | bytes) -> MixinDiscovery:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "mixin_metadata.yaml").write_bytes(data)
    return MixinDiscovery(folder)


INFRASTRUCTURE = {
    "mixin_frame": {"name": "MixinFrame", "kind": "mixin", "reason": "it has nothing to set"}
}


def test_the_constructor_touches_no_file(tmp_path: Path) -> None:
    discovery = MixinDiscovery(tmp_path / "nowhere")
    assert discovery.mixins_path == tmp_path / "nowhere"
    assert discovery.metadata_path == tmp_path / "nowhere" / "mixin_metadata.yaml"
    assert discovery._mixins_cache is None


def test_the_default_is_the_registry_of_the_package() -> None:
    discovery = MixinDiscovery()
    assert discovery.metadata_path == SOURCES / "omnibase_core/mixins/mixin_metadata.yaml"
    names = [info.name for info in discovery.get_all_mixins()]
    assert {"MixinContractLoader", "MixinTransactions", "MixinEffectHandlers"} <= set(names)
    for name in names:
        assert discovery.get_mixin_dependencies(name) is not None


def test_entries_come_in_the_order_of_the_file_and_are_kept(made: Make) -> None:
    discovery = made(entry("MixinB"), entry("MixinA"))
    first, second = discovery.get_all_mixins(), discovery.get_all_mixins()
    assert [info.name for info in first] == ["MixinB", "MixinA"]
    assert first is not second
    assert all(one is other for one, other in zip(first, second, strict=True))
    assert discovery.get_mixin("MixinA") is first[1]


def test_reload_reads_the_file_again(made: Make) -> None:
    discovery = made(entry("MixinA"))
    assert len(discovery.get_all_mixins()) == 1
    made(entry("MixinA"), entry("MixinB"))
    assert len(discovery.get_all_mixins()) == 1
    discovery.reload()
    assert discovery._mixins_cache is None
    assert len(discovery.get_all_mixins()) == 2


def test_an_entry_keeps_its_fields_and_drops_other_keys(made: Make) -> None:
    made_of = entry(
        "MixinA",
        requires=["pydantic"],
        config_schema={"size": {"type": "integer", "default": 3}},
        presets={"small": {"description": "Little", "config": {"size": 1}, "odd": 1}},
        subcontract_model="pkg.mod:Model",
        code_patterns={"inheritance": "class {Name}"},
    )
    info = made(made_of).get_mixin("MixinA")
    assert info.presets["small"].config == {"size": 1}
    assert info.presets["small"].description == "Little"
    assert info.subcontract_model == "pkg.mod:Model"
    assert str(info.version) == "1.0.0"
    assert "code_patterns" not in info.model_dump()
    with pytest.raises(ValidationError, match="valid string"):
        info.name = 3  # type: ignore[assignment]


def test_the_key_is_the_name_where_there_is_none(tmp_path: Path) -> None:
    text = "mixin_a: {description: b, category: c, version: {major: 1, minor: 0, patch: 0}}"
    assert written(tmp_path, text).get_mixin("mixin_a").name == "mixin_a"


def test_anchors_aliases_and_merge_keys_are_understood(tmp_path: Path) -> None:
    discovery = written(
        tmp_path,
        "mixin_a: &a\n  name: MixinA\n  description: b\n  category: c\n"
        "  version: {major: 1, minor: 0, patch: 0}\n  config_schema: &s {x: {type: integer}}\n"
        "mixin_b:\n  <<: *a\n  name: MixinB\n"
        "mixin_c:\n  name: MixinC\n  description: d\n  category: c\n"
        "  version: {major: 2, minor: 0, patch: 0}\n  config_schema: *s\n",
    )
    one, two, three = discovery.get_all_mixins()
    assert [one.name, two.name, three.name] == ["MixinA", "MixinB", "MixinC"]
    assert one.config_schema == two.config_schema == three.config_schema
    assert two.description == "b"


def test_categories_are_sorted_and_matched_exactly(made: Make) -> None:
    discovery = made(
        entry("MixinA", category="security"), entry("MixinB"), entry("MixinC", category="security")
    )
    assert discovery.get_categories() == ["execution", "security"]
    found = discovery.get_mixins_by_category("security")
    assert [info.name for info in found] == ["MixinA", "MixinC"]
    assert discovery.get_mixins_by_category("Security") == []


def test_infrastructure_is_not_counted_as_entries(made: Make) -> None:
    discovery = made(entry("MixinA"), infrastructure=INFRASTRUCTURE)
    assert [info.name for info in discovery.get_all_mixins()] == ["MixinA"]
    [frame] = discovery.get_infrastructure_mixins()
    assert (frame.name, frame.kind, frame.reason) == (
        "MixinFrame",
        "mixin",
        "it has nothing to set",
    )
    with pytest.raises(ModelOnexError, match=r"not found.*infrastructure, it has nothing to set"):
        discovery.get_mixin("MixinFrame")


def test_infrastructure_may_be_part_of_a_composition(made: Make) -> None:
    discovery = made(
        entry("MixinA", requires=["MixinFrame"]),
        entry("MixinB", incompatible_with=["MixinFrame"]),
        infrastructure=INFRASTRUCTURE,
    )
    assert discovery.validate_composition(["MixinA", "MixinFrame"]) == (True, [])
    assert discovery.get_mixin_dependencies("MixinA") == ["MixinFrame"]
    assert discovery.validate_composition(["MixinA"]) == (
        False,
        ["Missing requirement: MixinFrame (required by MixinA)"],
    )
    fits, problems = discovery.validate_composition(["MixinFrame", "MixinB"])
    assert not fits
    assert problems == ["Incompatible mixins: MixinFrame and MixinB (declared by MixinB)"]
    assert [info.name for info in discovery.find_compatible_mixins(["MixinFrame"])] == ["MixinA"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ([], ["MixinA", "MixinB", "MixinC"]),
        (["MixinA"], ["MixinC"]),
        (["MixinB"], ["MixinC"]),
        (["MixinC"], ["MixinA", "MixinB"]),
        (["MixinC", "MixinNobody"], ["MixinA", "MixinB"]),
        (["MixinA", "MixinB"], ["MixinC"]),
    ],
)
def test_compatible_mixins(made: Make, base: list[str], expected: list[str]) -> None:
    discovery = made(
        entry("MixinA", incompatible_with=["MixinB", "MixinNobody"]),
        entry("MixinB"),
        entry("MixinC"),
    )
    assert [info.name for info in discovery.find_compatible_mixins(base)] == expected


@pytest.mark.parametrize(
    ("names", "problems"),
    [
        ([], []),
        (["MixinA"], []),
        (["MixinA", "MixinC"], []),
        (["MixinB", "MixinA"], ["Incompatible mixins: MixinB and MixinA (declared by MixinA)"]),
        (
            ["MixinC", "MixinD", "MixinA"],
            [
                "Incompatible mixins: MixinC and MixinD (declared by MixinC)",
                "Incompatible mixins: MixinC and MixinD (declared by MixinD)",
            ],
        ),
        (
            ["MixinB", "MixinA", "MixinAA", "Zzz"],
            ["Unknown mixin: MixinAA (did you mean 'MixinA'?)", "Unknown mixin: Zzz"],
        ),
        (["MixinA", "MixinA"], ["Duplicate mixin: MixinA (named 2 times)"]),
        (
            ["MixinE"],
            [
                "Missing requirement: MixinF (required by MixinE)",
                "Missing requirement: MixinC (required by MixinF)",
            ],
        ),
        (["MixinE", "MixinF", "MixinC"], []),
        ([3], ["Unknown mixin: 3"]),
        ([["MixinA"]], ["Unknown mixin: ['MixinA'] (did you mean 'MixinA'?)"]),
    ],
)
def test_composition(made: Make, names: list[str], problems: list[str]) -> None:
    discovery = made(
        entry("MixinA", incompatible_with=["MixinB"]),
        entry("MixinB"),
        entry("MixinC", incompatible_with=["MixinD"]),
        entry("MixinD", incompatible_with=["MixinC"]),
        entry("MixinE", requires=["yaml", "MixinF"]),
        entry("MixinF", requires=["MixinC", "MixinE"]),
    )
    assert discovery.validate_composition(names) == (not problems, problems)


def test_a_composition_is_never_answered_with_an_exception(tmp_path: Path) -> None:
    fits, problems = MixinDiscovery(tmp_path).validate_composition(["MixinA"])
    assert not fits
    assert "not found" in problems[0]


def test_requirements_come_before_what_requires_them(made: Make) -> None:
    discovery = made(
        entry("MixinA", requires=["pkg.a", "MixinB", "pkg.b"]),
        entry("MixinB", requires=["pkg.b", "MixinC"]),
        entry("MixinC", requires=["pkg.c", "pkg.a"]),
    )
    assert discovery.get_mixin_dependencies("MixinA") == [
        *("pkg.a", "pkg.b", "pkg.c", "MixinC", "MixinB"),
    ]


def test_a_circle_of_requirements_is_an_error_that_shows_the_way(made: Make) -> None:
    discovery = made(
        entry("MixinX", requires=["MixinA"]),
        entry("MixinA", requires=["MixinB"]),
        entry("MixinB", requires=["MixinA"]),
        entry("MixinS", requires=["MixinS"]),
    )
    with pytest.raises(ModelOnexError, match="MixinA -> MixinB -> MixinA;") as caught:
        discovery.get_mixin_dependencies("MixinX")
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    with pytest.raises(ModelOnexError, match="MixinS -> MixinS;"):
        discovery.get_mixin_dependencies("MixinS")


@pytest.mark.parametrize("method", ["get_mixin", "get_mixin_dependencies", "get_mixin_key"])
def test_an_unknown_mixin_is_an_error_that_suggests_the_nearest(made: Make, method: str) -> None:
    discovery = made(entry("MixinRetry"))
    with pytest.raises(ModelOnexError, match=r"not found \(did you mean 'MixinRetry'") as caught:
        getattr(discovery, method)("mixinretri")
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


@pytest.mark.parametrize("text", ["MixinRetry", "mixin_retry", "retry"])
def test_a_name_may_be_given_as_class_key_or_stem(made: Make, text: str) -> None:
    assert made(entry("MixinRetry")).find_name(text) == "MixinRetry"


def test_what_exists_as_a_module_is_implemented(made: Make, tmp_path: Path) -> None:
    discovery = made(entry("MixinA"))
    assert discovery.get_mixin_key("MixinA") == "mixin_a"
    assert not discovery.is_implemented("MixinA")
    (tmp_path / "mixin_a.py").touch()
    assert discovery.is_implemented("MixinA")


def test_a_preset_is_a_copy(made: Make) -> None:
    presets = {"few": {"config": {"codes": [1, 2]}}}
    discovery = made(entry("MixinA", presets=presets))
    discovery.get_preset("MixinA", "few")["codes"].append(3)
    assert discovery.get_preset("MixinA", "few") == {"codes": [1, 2]}
    with pytest.raises(ModelOnexError, match=r"'fw'.*did you mean 'few'\?\); it has: few"):
        discovery.get_preset("MixinA", "fw")


@pytest.mark.parametrize("path", ["pathlib:PurePath", "pathlib.PurePath"])
def test_a_subcontract_is_imported(made: Make, path: str) -> None:
    discovery = made(entry("MixinA", subcontract_model=path))
    assert discovery.resolve_subcontract("MixinA").__name__ == "PurePath"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (None, "names no subcontract model"),
        ("no.such.module:Model", "cannot be imported: No module named 'no'"),
        ("pathlib:Nothing", "pathlib has no class 'Nothing'"),
        ("pathlib:__doc__", "pathlib has no class '__doc__'"),
        ("Model", "cannot be imported"),
    ],
)
def test_a_subcontract_that_leads_nowhere(made: Make, path: str | None, problem: str) -> None:
    discovery = made(entry("MixinA", subcontract_model=path))
    with pytest.raises(ModelOnexError, match=problem):
        discovery.resolve_subcontract("MixinA")


def failure(discovery: MixinDiscovery) -> ModelOnexError:
    with pytest.raises(ModelOnexError, match="registry") as caught:
        discovery.get_all_mixins()
    return caught.value


def test_a_missing_file(tmp_path: Path) -> None:
    error = failure(MixinDiscovery(tmp_path))
    assert error.error_code is EnumCoreErrorCode.FILE_NOT_FOUND
    assert "not found" in error.message
    (tmp_path / "file").touch()
    assert failure(MixinDiscovery(tmp_path / "file")).error_code is error.error_code


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    assert MAX_METADATA_FILE_SIZE_BYTES == 10_485_760
    exact = b"{}" + b" " * (MAX_METADATA_FILE_SIZE_BYTES - 2)
    assert written(tmp_path, exact).get_all_mixins() == []
    error = failure(written(tmp_path, exact + b" "))
    assert error.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert "10485761 bytes, where 10485760 is the most" in error.message


def test_a_file_that_is_no_utf_8(tmp_path: Path) -> None:
    error = failure(written(tmp_path, b"mixin_a: \xff"))
    assert error.error_code is EnumCoreErrorCode.FILE_READ_ERROR


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "mixin_metadata.yaml").mkdir()
    assert failure(MixinDiscovery(tmp_path)).error_code is EnumCoreErrorCode.FILE_READ_ERROR


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    discovery = written(tmp_path, "{}")
    discovery.metadata_path.chmod(0)
    assert failure(discovery).error_code is EnumCoreErrorCode.FILE_READ_ERROR


def test_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "mixin_metadata.yaml"
    link.symlink_to(link)
    assert failure(MixinDiscovery(tmp_path)).error_code is EnumCoreErrorCode.FILE_READ_ERROR


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the registry is empty, not a mapping"),
        ("# nothing\n", "is empty"),
        ("- a", "is a list, not a mapping"),
        ("a: [1,", "no valid YAML: while parsing"),
        ("a: 2026-99-99", "no valid YAML: month"),
        ("a: \0", "no valid YAML"),
        ("? [a]\n: b", "unhashable"),
        ("a: !!python/object:os.system {}", "no valid YAML"),
        ("a: " + "[" * 200_000 + "]" * 200_000, "no valid YAML: maximum recursion depth"),
        ("- " * 200_000, "no valid YAML: maximum recursion depth"),
        ("mixin_a: 3", "mixin_a: Input should be a valid dictionary"),
        ("mixin_a:", "mixin_a: Input should be"),
        ("1: {}", r"1\.\[key\]: Input should be a valid string"),
        ("mixin_a: {name: A, description: d, category: c}", r"mixin_a\.version: Field required"),
        (
            "mixin_a: {name: A, description: d, category: c, version: '1.0.0'}",
            r"mixin_a\.version: Input should be a valid dictionary",
        ),
        (
            "mixin_a: {name: A, description: d, category: c, version: {major: -1}}",
            r"mixin_a\.version\.major: .*; mixin_a\.version\.minor: Field required",
        ),
        ("infrastructure: 3", "the section 'infrastructure' is a int"),
        ("infrastructure: {mixin_a: {name: A}}", r"mixin_a\.kind: Field required"),
        ("\n".join(f"mixin_{n}: 3" for n in range(15)), "and 5 more"),
    ],
    ids=lambda text: text[:40],
)
def test_a_registry_that_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    discovery = written(tmp_path, text)
    with pytest.raises(ModelOnexError, match=problem) as caught:
        discovery.get_all_mixins()
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert str(discovery.metadata_path) in caught.value.message


# Whole graphs: each item is a module or another mixin.
NAMES = [f"M{number}" for number in range(7)]
GRAPHS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from([*NAMES, "x", "y"]), max_size=4) for name in NAMES}
)


@given(GRAPHS)
def test_any_graph_is_resolved_or_its_circle_named(graph: dict[str, list[str]]) -> None:
    for name, required in graph.items():
        reached = _reached(graph, name)
        if any(each in _reached(graph, each) for each in {name, *reached} & set(graph)):
            with pytest.raises(CircularRequirement, match=" -> ") as caught:
                resolve_requirements(name, graph.get)
            circle = caught.value.circle
            assert circle[0] == circle[-1]
            assert all(after in graph[one] for one, after in pairwise(circle))
            continue
        found = resolve_requirements(name, graph.get)
        assert set(found) == reached
        assert len(found) == len(set(found))
        places = {item: place for place, item in enumerate(found)}
        for item in found:
            assert all(places[each] < places[item] for each in graph.get(item, ()))
        if not set(required) & set(graph):
            assert found == list(dict.fromkeys(required))


def _reached(graph: dict[str, list[str]], name: str) -> set[str]:
    seen: set[str] = set()
    ends = [name]
    while ends:
        for item in graph.get(ends.pop(), ()):
            if item not in seen:
                seen.add(item)
                ends.append(item)
    return seen


def test_a_long_chain_of_requirements_is_no_problem() -> None:
    graph = {f"M{number}": [f"M{number + 1}"] for number in range(5000)}
    found = resolve_requirements("M0", graph.get)
    assert found[0] == "M5000"
    assert found[-1] == "M1"


def test_the_package_exports_both() -> None:
    assert MixinDiscovery.__module__ == "omnibase_core.discovery.mixin_discovery"
    assert ModelMixinInfo.__module__ == "omnibase_core.discovery.model_mixin_info"


def test_discovery_imports_no_mixin_and_is_imported_by_nobody_unasked() -> None:
    code = (
        "import sys, omnibase_core, omnibase_core.mixins\n"
        "assert 'omnibase_core.discovery' not in sys.modules\n"
        "from omnibase_core.discovery import MixinDiscovery\n"
        "MixinDiscovery().get_all_mixins()\n"
        "print([m for m in sys.modules if m.startswith('omnibase_core.mixins.')])\n"
        "print([m for m in ('asyncio', 'difflib') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
