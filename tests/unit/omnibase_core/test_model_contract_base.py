"""What every contract accepts and refuses, seen through the smallest contract there is."""

from typing import Any

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_dependency_type import EnumDependencyType
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import (
    ModelContractBase,
    ModelDependency,
    ModelEffectRetryConfig,
    ModelLifecycleConfig,
    ModelPerformanceRequirements,
)
from omnibase_core.models.utils.model_subcontract_constraint_validator import (
    ModelSubcontractConstraintValidator,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class PlainContract(ModelContractBase):
    """Adds nothing but a memory of having been checked."""

    def validate_node_specific_config(self) -> None:
        self.__dict__["checked"] = True


def contract(**changes: object) -> PlainContract:
    return PlainContract.model_validate(
        {
            "name": "stock_totals",
            "version": {"major": 1, "minor": 2, "patch": 3},
            "description": "Adds up stock",
            "node_type": "REDUCER",
            "input_model": "warehouse.Movement",
            "output_model": "warehouse.Totals",
        }
        | changes
    )


def refuses(message: str, **changes: object) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        contract(**changes)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_a_minimal_contract_gets_its_defaults() -> None:
    made = contract(name="  stock_totals  ")
    assert made.name == "stock_totals"
    assert made.version == ModelSemVer(major=1, minor=2, patch=3)
    assert made.node_type is EnumNodeType.REDUCER
    assert made.performance == ModelPerformanceRequirements()
    assert made.lifecycle == ModelLifecycleConfig()
    assert (made.dependencies, made.protocol_interfaces, made.tags) == ([], [], [])
    assert (made.author, made.documentation_url) == (None, None)
    assert made.__dict__["checked"]
    assert ModelSemVer(major=1, minor=0, patch=0) == PlainContract.INTERFACE_VERSION


def test_it_cannot_be_built_itself() -> None:
    with pytest.raises(TypeError, match="abstract"):
        ModelContractBase()  # type: ignore[abstract, call-arg]


@pytest.mark.parametrize("field", ["name", "description", "input_model", "output_model"])
def test_texts_must_not_be_blank(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        contract(**{field: "   "})


def test_a_version_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="version"):
        contract(version="1.0.0")


def test_unknown_keys_are_dropped() -> None:
    assert not hasattr(contract(root_list=None), "root_list")


@pytest.mark.parametrize("value", ["reducer", "nonsense", ""])
def test_a_node_type_text_is_read_by_value_only(value: str) -> None:
    refuses(
        f"Invalid node_type string '{value}'. Must be valid EnumNodeType value.", node_type=value
    )


@pytest.mark.parametrize(("value", "name"), [(None, "NoneType"), (3, "int"), ([], "list")])
def test_other_node_types_are_named(value: object, name: str) -> None:
    refuses(
        f"node_type must be EnumNodeType enum or valid string for YAML, not {name}.",
        node_type=value,
    )


@pytest.mark.parametrize("empty", [None, [], {}, "", 0])
def test_no_dependencies(empty: object) -> None:
    assert contract(dependencies=empty).dependencies == []


def test_built_dependencies_come_first_and_mapped_versions_are_dropped() -> None:
    """Odd but relied on: the version of a mapping is only kept when it is a ModelSemVer."""
    version = ModelSemVer(major=2, minor=0, patch=0)
    made = contract(
        dependencies=[
            {"name": "protocol_a", "version": {"major": 2, "minor": 0, "patch": 0}},
            {"name": "store", "dependency_type": "service", "version": version, "required": 0},
            ModelDependency(name="protocol_b"),
            {"name": "odd", "dependency_type": EnumDependencyType.EXTERNAL, "module": "a.b"},
            {"name": "protocol_c", "dependency_type": 5},
        ]
    ).dependencies
    assert [item.name for item in made] == [
        "protocol_b",
        "protocol_a",
        "store",
        "odd",
        "protocol_c",
    ]
    assert [item.version for item in made] == [None, None, version, None, None]
    assert made[2].is_service()
    assert not made[2].required
    assert made[3].is_external()
    assert made[3].to_string() == "a.b.odd"
    assert made[4].is_protocol()
    assert made[4].to_string() == "protocol_c"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"name": "x"}, "Contract dependencies must be a list, got dict"),
        ("protocol_a", "Contract dependencies must be a list, got str"),
        ([{}] * 101, "Too many dependencies: 101. Maximum allowed: 100"),
        (
            ["a", {"name": "protocol_a"}, 3],
            "Batch validation failed: 2 invalid dependencies found",
        ),
        (
            [{"name": "a"}, {}, {"name": "protocol_a"}, {"name": "xy", "dependency_type": "no"}],
            "Batch YAML dependency conversion failed: 3 errors",
        ),
        ([{"name": "Storage"}], "Dependency does not follow ONEX patterns: Storage"),
        ([{"name": "STOCK_totals", "module": "protocol"}], "Direct circular dependency: "),
        ([{"name": "protocol_a"}, {"name": "Protocol_A"}], "Duplicate dependency detected: "),
        (
            [{"name": "protocol_a", "module": "x.Stock_Totals.y"}],
            "Potential circular dependency: ",
        ),
        (
            [{"name": f"protocol_{number}"} for number in range(51)],
            "Contract has too many dependencies: 51",
        ),
    ],
)
def test_dependencies_that_are_refused(value: object, message: str) -> None:
    refuses(message, dependencies=value)


def test_fifty_dependencies_are_not_too_many() -> None:
    fifty = [{"name": f"protocol_{number}"} for number in range(50)]
    assert len(contract(dependencies=fifty).dependencies) == 50


def test_protocol_interfaces_are_named_as_such() -> None:
    assert contract(protocol_interfaces=["ProtocolStore"]).protocol_interfaces
    refuses(
        "Protocol interface must contain 'protocol' in the name, got: Store",
        protocol_interfaces=["protocol_a", "Store"],
    )


def test_patterns_are_checked_before_interfaces_and_interfaces_before_the_graph() -> None:
    wrong: dict[str, Any] = {
        "dependencies": [{"name": "stock_totals", "dependency_type": "service"}],
        "protocol_interfaces": ["Store"],
    }
    refuses("Protocol interface", **wrong)
    wrong["dependencies"] += [{"name": "Storage"}]
    refuses("does not follow ONEX patterns", **wrong)
    wrong |= {"protocol_interfaces": [], "dependencies": wrong["dependencies"][:1]}
    refuses("Direct circular dependency", **wrong)


def test_assignments_are_checked() -> None:
    made = contract()
    with pytest.raises(ModelOnexError, match="Contract dependencies must be a list, got int"):
        made.dependencies = 3  # type: ignore[assignment]
    with pytest.raises(ValidationError, match="name"):
        made.name = " "
    assert made.name == "stock_totals"


def test_a_dependency_name_needs_two_characters() -> None:
    with pytest.raises(ModelOnexError, match="Dependency name too short: a"):
        ModelDependency(name=" a ")
    with pytest.raises(ValidationError, match="name"):
        ModelDependency(name="  ")


@pytest.mark.parametrize("module", ["a", "a.b_c.D9", "_x.y", "a" * 200])
def test_dotted_paths_are_modules(module: str) -> None:
    assert ModelDependency(name="ab", module=f" {module} ").module == module


def test_a_blank_module_is_none() -> None:
    assert ModelDependency(name="ab", module="  ").module is None


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("../x", "path characters"),
        ("a/b", "path characters"),
        ("a;b", "shell characters"),
        ("x.Sudo.y", r"privileged words \(sudo\)"),
        ("a" * 201, "longer than 200 characters"),
    ],
)
def test_unsafe_modules_are_refused(module: str, why: str) -> None:
    with pytest.raises(ModelOnexError, match=f"Security violations in module path .*{why}"):
        ModelDependency(name="ab", module=module)


@pytest.mark.parametrize("module", ["a.", ".a", "1a", "a-b", "a b", "ä"])
def test_malformed_modules_are_refused(module: str) -> None:
    with pytest.raises(ModelOnexError, match="Invalid module path format: "):
        ModelDependency(name="ab", module=module)


def test_delays_of_a_retry_have_room_to_grow() -> None:
    for wrong in ({"base_delay_ms": 5000}, {"max_delay_ms": 100}):
        with pytest.raises(ModelOnexError, match="max_delay_ms must be greater than base_delay"):
            ModelEffectRetryConfig.model_validate(wrong)
    retry = ModelEffectRetryConfig()
    with pytest.raises(ModelOnexError, match="max_delay_ms must be greater than base_delay_ms"):
        retry.max_delay_ms = 1
    assert retry == ModelEffectRetryConfig()


@pytest.mark.parametrize(
    ("node_type", "forbidden"),
    [
        ("compute", ["state_management", "aggregation", "state_transitions"]),
        ("effect", ["state_management", "aggregation"]),
        ("orchestrator", ["state_management"]),
        ("reducer", []),
    ],
)
def test_forbidden_subcontracts_are_named_together(node_type: str, forbidden: list[str]) -> None:
    check = ModelSubcontractConstraintValidator.validate_node_subcontract_constraints
    keys = dict.fromkeys(["state_management", "aggregation", "state_transitions"])
    check(node_type, {"event_type": None})
    with pytest.raises(ModelOnexError, match=r"event_type") as error:
        check(node_type, {"event_type": None}, keys)
    lines = error.value.message.splitlines()
    assert len(lines) == 2 * (len(forbidden) + 1)
    assert all(key in line for key, line in zip(forbidden, lines[::2], strict=False))
