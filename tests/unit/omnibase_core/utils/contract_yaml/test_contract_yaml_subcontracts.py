"""Subcontracts from files: values as the model wants them, and every mistake with its line."""

import importlib
import inspect
import warnings
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import subcontracts
from omnibase_core.models.contracts.subcontracts import (
    BrokenRule,
    ModelCachingSubcontract,
    ModelCircuitBreakerSubcontract,
    ModelEventTypeSubcontract,
    ModelFSMSubcontract,
    ModelRoutingSubcontract,
    ModelSubcontractBase,
    ModelTransactionSubcontract,
)
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.contract_yaml import UnknownContractKey, load_subcontract
from omnibase_core.utils.contract_yaml.contract_types import contract_type_of
from omnibase_core.utils.contract_yaml.known_keys import unknown_keys

HEAD = """\
contract_type: {}
contract_version: {{major: 1, minor: 0, patch: 0}}
metadata: {{name: x}}
config:
"""


def written(tmp_path: Path, config: str, kind: str = "transaction_subcontract") -> Path:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD.format(kind) + config, encoding="utf-8")
    return path


def complaints(
    path: Path, model: type[ModelSubcontractBase], *, strict: bool = False
) -> list[str]:
    with pytest.raises(ModelOnexError, match=r"c\.yaml:\d+:\d+: .*; ") as caught:
        load_subcontract(path, model, strict=strict)
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    return [line.removeprefix(path.as_posix()) for line in caught.value.message.splitlines()]


SHIPPED = sorted(Path(subcontracts.__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_subcontracts_of_the_runtime_load_strictly(path: Path) -> None:
    module = importlib.import_module(f"{subcontracts.__name__}.{path.stem}")
    kinds = [kind for kind in vars(module).values() if inspect.isclass(kind)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]
    (model,) = (kind for kind in own if issubclass(kind, ModelSubcontractBase))
    assert load_subcontract(path, model, strict=True) == model()


def test_an_old_key_is_no_unknown_one(tmp_path: Path) -> None:
    path = written(tmp_path, "  timeout_ms: 1500\n", "circuit_breaker_subcontract")
    model = load_subcontract(path, ModelCircuitBreakerSubcontract, strict=True)
    assert model.timeout_seconds == 2


def test_types_are_named_after_the_module() -> None:
    assert contract_type_of(ModelFSMSubcontract) == "fsm_subcontract"
    assert contract_type_of(ModelEventTypeSubcontract) == "event_type_subcontract"

    class ModelHTTPCallSubcontract(ModelSubcontractBase):
        pass

    assert contract_type_of(ModelHTTPCallSubcontract) == "http_call_subcontract"


def test_values_may_come_from_another_file(tmp_path: Path) -> None:
    path = written(tmp_path, '  $ref: "base.yaml#/transaction"\n')
    (tmp_path / "base.yaml").write_text("transaction:\n  auto_commit: true\n  nonsense: 1\n")
    with pytest.warns(
        UnknownContractKey, match=r"/base\.yaml:3:3: unknown key 'nonsense' in conf"
    ):
        assert load_subcontract(path, ModelTransactionSubcontract).auto_commit
    with pytest.raises(ModelOnexError, match=r"/base\.yaml:3:3"):
        load_subcontract(path, ModelTransactionSubcontract, strict=True)
    with pytest.raises(ModelOnexError, match="lies outside the root"):
        load_subcontract(path, ModelTransactionSubcontract, root=tmp_path / "none")


def test_all_type_errors_are_named_at_their_lines(tmp_path: Path) -> None:
    config = """\
  transaction_enabled: maybe
  transaction_timeout_ms: 5
  auto_commit: []
  isolation_level: 3
  enable_transaction_logging:
"""
    assert complaints(written(tmp_path, config), ModelTransactionSubcontract) == [
        (
            ":5:24: config.transaction_enabled has to be true or false, and is the text 'maybe'; "
            "write true or false"
        ),
        ":6:27: config.transaction_timeout_ms is 5; write 1000 or more",
        ":7:16: config.auto_commit has to be true or false, and is a list; write true or false",
        ":8:20: config.isolation_level has to be text, and is 3; put it in quotes",
        (
            ":9:3: config.enable_transaction_logging has to be true or false, and is empty; "
            "write true or false"
        ),
    ]


def test_rules_between_fields_are_named_at_their_lines(tmp_path: Path) -> None:
    config = "  isolation_level: LOOSE\n  enable_savepoints: true\n  rollback_support: false\n"
    found = complaints(written(tmp_path, config), ModelTransactionSubcontract)
    assert len(found) == 2
    assert found[0].startswith(":5:20: config.isolation_level is 'LOOSE', not one of")
    assert found[1].startswith(":6:22: config.enable_savepoints needs rollback_support")


def test_a_rule_about_a_default_is_named_at_config(tmp_path: Path) -> None:
    config = "  multi_level_enabled: true\n  l1_cache_size: 90000\n"
    path = written(tmp_path, config, "caching_subcontract")
    assert complaints(path, ModelCachingSubcontract) == [
        ":5:3: config.l2_cache_size is not above l1_cache_size (90000); change l2_cache_size"
    ]


def test_missing_keys_and_misspelt_ones_are_named_together(tmp_path: Path) -> None:
    config = "  primary_events: [a]\n  event_categories: []\n  event_ruoting: x\n"
    path = written(tmp_path, config, "event_type_subcontract")
    assert complaints(path, ModelEventTypeSubcontract) == [
        ":4:1: the key 'event_routing' is missing in config; add event_routing: ...",
        ":6:21: config.event_categories is too short; write at least 1",
        ":7:3: unknown key 'event_ruoting' in config; did you mean 'event_routing'?",
    ]


def test_nested_keys_are_checked(tmp_path: Path) -> None:
    config = "  circuit_breaker:\n    timeout_sm: 5000\n    enabled: no\n"
    path = written(tmp_path, config.replace("no", "false"), "routing_subcontract")
    with pytest.warns(UnknownContractKey) as caught:
        load_subcontract(path, ModelRoutingSubcontract)
    assert [str(one.message).removeprefix(path.as_posix()) for one in caught] == [
        (
            ":6:5: unknown key 'timeout_sm' in config.circuit_breaker, ignored; "
            "did you mean 'timeout_ms'?"
        )
    ]
    assert caught[0].filename == __file__
    assert ":6:5: unknown key" in complaints(path, ModelRoutingSubcontract, strict=True)[0]


def test_a_file_around_the_values_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "contract_type: transaction\ncontract_version: 1.0.0\nmetadata:\n  named: x\n  author: y\n"
        "config: []\nactions: 1\n"
    )
    found = complaints(path, ModelTransactionSubcontract)
    assert [line.split(";")[0] for line in found] == [
        (
            ":1:16: contract_type is 'transaction', and ModelTransactionSubcontract reads "
            "'transaction_subcontract'"
        ),
        ":2:19: contract_version has to be a mapping, and is the text '1.0.0'",
        ":3:1: the key 'name' is missing in metadata",
        ":4:3: unknown key 'named' in metadata",
        ":5:3: unknown key 'author' in metadata",
        ":6:9: config has to be a mapping, and is a list",
        ":7:1: unknown key 'actions'",
    ]


def test_an_empty_mapping_lacks_everything(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("{}")
    found = complaints(path, ModelTransactionSubcontract)
    assert [line.split("'")[1] for line in found] == [
        "contract_type",
        "contract_version",
        "metadata",
        "config",
    ]
    path.write_text("- 1")
    assert "a subcontract is a mapping" in complaints(path, ModelTransactionSubcontract)[0]


class ModelNewerSubcontract(ModelSubcontractBase):
    """A later interface."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=2, minor=3, patch=1)


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ((2, 3, 9), None),
        ((2, 0, 0), None),
        ((2, 4, 0), "2.4.0, and ModelNewerSubcontract is at 2.3.1; upgrade the runtime"),
        ((3, 0, 0), "upgrade the runtime"),
        ((1, 9, 9), "bring the contract up to it"),
    ],
)
def test_the_version_has_to_fit(
    tmp_path: Path, version: tuple[int, int, int], complaint: str | None
) -> None:
    path = written(tmp_path, "  {}", "newer_subcontract")
    major, minor, patch = version
    wanted = f"major: {major}, minor: {minor}, patch: {patch}"
    path.write_text(path.read_text().replace("major: 1, minor: 0, patch: 0", wanted))
    if complaint is None:
        assert load_subcontract(path, ModelNewerSubcontract) == ModelNewerSubcontract()
    else:
        assert complaint in complaints(path, ModelNewerSubcontract)[0]


class ModelPart(BaseModel):
    """A part with an alias."""

    size: int = Field(default=1, alias="Size")
    more: "ModelPart | None" = None


class ModelOpenPart(BaseModel):
    """A part that keeps everything."""

    model_config = ConfigDict(extra="allow")


class ModelWhole(BaseModel):
    """Parts in every kind of container."""

    one: Annotated[ModelPart | None, Field(description="x")] = None
    some: list[ModelPart] = []
    named: dict[str, ModelPart] = {}
    pair: tuple[int, ModelPart] = (1, ModelPart())
    many: tuple[ModelPart, ...] = ()
    root: RootModel[list[ModelPart]] | None = None
    opened: ModelOpenPart | None = None
    word: Literal["a", "b"] = "a"
    free: dict[str, object] = {}


def test_unknown_keys_are_found_in_every_container() -> None:
    part = {"Size": 1, "x": {"y": 1}}
    data = {
        "one": {"more": {"x": 1}},
        "some": [{}, part],
        "named": {"n": part},
        "pair": [part, part],
        "many": [part],
        "root": [part],
        "opened": part,
        "word": part,
        "free": {"a": part},
        "x": 1,
    }
    assert [one.steps for one in unknown_keys([ModelWhole], data, ())] == [
        ("one", "more", "x"),
        ("some", 1, "x"),
        ("named", "n", "x"),
        ("pair", 1, "x"),
        ("many", 0, "x"),
        ("root", 0, "x"),
        ("x",),
    ]


def test_nothing_is_said_about_a_file_that_fits(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = written(tmp_path, "  auto_commit: true\n")
        assert load_subcontract(path, ModelTransactionSubcontract).auto_commit


class Colour(Enum):
    """Two values."""

    RED = "red"
    BLUE = "blue"


class ModelNarrowPart(BaseModel):
    """A part that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")

    colour: Colour = Colour.RED
    share: float = Field(default=0.5, gt=0, lt=1)
    names: list[str] = Field(default=[], max_length=2)
    word: str = Field(default="ab", max_length=3)
    tens: int = Field(default=10, multiple_of=10, alias="Tens")
    odd: int = 1

    @field_validator("odd")
    @classmethod
    def _odd(cls, value: int) -> int:
        if value % 2 == 0:
            raise ValueError("it is even")
        return value


class ModelNarrowSubcontract(ModelSubcontractBase):
    """A subcontract with every kind of bound."""

    part: ModelNarrowPart = ModelNarrowPart()
    level: int = 0

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield a rule about a nested field; with level 2, fail without naming any."""
        if self.level == 1:
            yield BrokenRule("share", "is not what level 1 needs")
        if self.level == 2:
            raise ModelOnexError("level 2 is taken", "OTHER")


def test_every_kind_of_bound_is_told(tmp_path: Path) -> None:
    config = """\
  part:
    colour: green
    share: 1.0
    names: [a, b, c]
    word: abcd
    Tens: 11
    odd: 2
    more: true
  level:
"""
    path = written(tmp_path, config, "narrow_subcontract")
    assert complaints(path, ModelNarrowSubcontract) == [
        ":6:13: config.part.colour is the text 'green'; write 'red' or 'blue'",
        ":7:12: config.part.share is 1.0; write less than 1.0",
        ":8:12: config.part.names is too long; write at most 2",
        ":9:11: config.part.word is too long; write at most 3",
        ":10:11: config.part.Tens is 11; write a multiple of 10",
        ":11:10: config.part.odd is 2: it is even; write a value that fits",
        ":12:5: unknown key config.part.more; remove it",
        ":13:3: config.level has to be a whole number, and is empty; write a whole number",
    ]
    path = written(tmp_path, "  part: {share: true}\n  level: 0.5\n", "narrow_subcontract")
    assert (
        "config.level has to be a whole number, and is 0.5"
        in complaints(path, ModelNarrowSubcontract)[-1]
    )


def test_rules_name_nested_fields_or_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "  level: 1\n  part:\n    share: 0.25\n", "narrow_subcontract")
    assert complaints(path, ModelNarrowSubcontract) == [
        ":7:12: config.part.share is not what level 1 needs; change share"
    ]
    path = written(tmp_path, "  level: 2\n", "narrow_subcontract")
    assert complaints(path, ModelNarrowSubcontract) == [
        ":5:3: level 2 is taken; change one of the fields it names"
    ]
