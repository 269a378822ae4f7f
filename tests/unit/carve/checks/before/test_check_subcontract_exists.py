"""A mixin comes after its subcontract: model, YAML beside it, entry in the registry."""

from pathlib import Path

import pytest
from carving import god, spec_of

from carve.errors import Finding, StepRefused
from carve.steps.extract_mixin import ExtractMixin
from carve.steps.outcome import Planned
from carve.workspace import Workspace

GOD = "class God:\n    def run(self):\n        return 1\n\n    def stay(self):\n        return 2\n"
MODEL = "class RunSettings:\n    pass\n"
REGISTRY = "mixin_run:\n  name: MixinRun\n  subcontract_model: pkg.settings:RunSettings\n"


def _tree(tmp_path: Path, *, registry: str = REGISTRY, model: str = MODEL) -> Workspace:
    workspace = god(tmp_path, GOD, settings=model)
    (tmp_path / "src/pkg/settings.yaml").write_text("config: {}\n")
    (tmp_path / "registry.yaml").write_text(registry)
    return workspace


def _step(subcontract: str = "pkg.settings:RunSettings") -> ExtractMixin:
    return ExtractMixin(spec_of("run", subcontract=subcontract), "registry.yaml")


def _objections(workspace: Workspace, step: ExtractMixin) -> list[Finding]:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        step.plan(workspace)
    return [f for f in caught.value.findings if f.check == "subcontract-exists"]


def test_a_complete_subcontract_lets_the_step_pass(tmp_path: Path) -> None:
    assert isinstance(_step().plan(_tree(tmp_path)), Planned)


def test_a_missing_module_is_named_with_the_place_to_write_it(tmp_path: Path) -> None:
    (found,) = _objections(_tree(tmp_path), _step("pkg.other:RunSettings"))
    assert (found.path, found.message) == (
        "src/pkg/other.py",
        "there is no module pkg.other",
    )


def test_a_module_without_the_class_is_named(tmp_path: Path) -> None:
    found = _objections(_tree(tmp_path, model="class Other:\n    pass\n"), _step())
    assert found[0].message == "there is no class 'RunSettings' in pkg.settings"


def test_a_missing_yaml_is_named(tmp_path: Path) -> None:
    workspace = _tree(tmp_path)
    (tmp_path / "src/pkg/settings.yaml").unlink()
    (found,) = _objections(workspace, _step())
    assert found.instead == "write src/pkg/settings.yaml"


@pytest.mark.parametrize(
    "registry",
    [
        "",
        "- a\n",
        REGISTRY.replace("MixinRun", "MixinOther"),
        REGISTRY.replace(":RunSettings", ":Other"),
    ],
    ids=["empty", "list", "other-mixin", "other-model"],
)
def test_a_registry_without_the_entry_is_named(tmp_path: Path, registry: str) -> None:
    (found,) = _objections(_tree(tmp_path, registry=registry), _step())
    assert found.path == "registry.yaml"
    assert "has no entry 'MixinRun' with pkg.settings:RunSettings" in found.message


def test_a_registry_that_is_not_yaml_is_named(tmp_path: Path) -> None:
    (found,) = _objections(_tree(tmp_path, registry="a: [b"), _step())
    assert found.message.startswith("the registry is not YAML")
