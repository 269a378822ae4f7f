"""What loading the registry lets pass is found by checking it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from omnibase_core.discovery.registry_check import CATEGORIES, check

GOOD = {
    "name": "MixinGood",
    "description": "d",
    "category": "execution",
    "version": {"major": 1, "minor": 0, "patch": 0},
    "requires": ["pydantic", "os.path", "PyYAML", "MixinFrame"],
    "incompatible_with": ["MixinFrame"],
    "config_schema": {"major": {"type": "integer", "default": 1}},
    "presets": {"one": {"description": "d", "config": {"major": 1}}},
    "subcontract_model": "omnibase_core.primitives.model_semver:ModelSemVer",
}
FRAME = {"mixin_frame": {"name": "MixinFrame", "kind": "mixin", "reason": "r"}}


def problems(folder: Path, **changes: Any) -> list[str]:
    text = yaml.safe_dump({"mixin_good": GOOD | changes, "infrastructure": FRAME})
    return written(folder, text)


def written(folder: Path, text: str) -> list[str]:
    (folder / "mixin_metadata.yaml").write_text(text, encoding="utf-8")
    for name in ("Good", "Frame"):
        path = folder / f"mixin_{name.lower()}.py"
        path.write_text(f"class Mixin{name}: ...\n", encoding="utf-8")
    return check(folder)


def test_a_good_registry_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


def test_there_are_ten_categories() -> None:
    assert list(CATEGORIES) == sorted(CATEGORIES)
    assert len(CATEGORIES) == 10


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"category": "securities"},
            "mixin_good: unknown category 'securities' (did you mean 'security'?)",
        ),
        (
            {"requires": ["MixinFrme"]},
            (
                "mixin_good: requires 'MixinFrme', which is no mixin, module or distribution here "
                "(did you mean 'MixinFrame'?)"
            ),
        ),
        (
            {"requires": ["no.such.module"]},
            (
                "mixin_good: requires 'no.such.module', which is no mixin, module or distribution "
                "here"
            ),
        ),
        ({"requires": ["MixinGood"]}, "mixin_good: circular requirement: MixinGood -> MixinGood"),
        (
            {"incompatible_with": ["MixinFoam"]},
            (
                "mixin_good: incompatible_with names 'MixinFoam', which is no mixin "
                "(did you mean 'MixinFrame'?)"
            ),
        ),
        (
            {"compatible_with": ["MixinFrame"]},
            "mixin_good: 'MixinFrame' is both compatible and incompatible",
        ),
        (
            {"presets": {"one": {"config": {"mayor": 1}}}},
            "mixin_good: preset 'one' sets 'mayor', which is no field (did you mean 'major'?)",
        ),
        (
            {"config_schema": {"major": {}, "minro": {}}},
            (
                "mixin_good: config_schema has 'minro', which ModelSemVer has not "
                "(did you mean 'minor'?)"
            ),
        ),
        (
            {"subcontract_model": "omnibase_core:Nothing"},
            "mixin_good: MixinGood: omnibase_core has no class 'Nothing'",
        ),
        (
            {"name": "MixinGood2"},
            "mixin_good: mixin_good.py defines no 'MixinGood2' (did you mean 'MixinGood'?)",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    assert problems(tmp_path, **changes) == [problem]


def test_a_category_that_is_like_none_names_them_all(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, category="zzz")
    assert problem.endswith(f"use one of {', '.join(CATEGORIES)}")


def test_a_missing_module_is_a_problem(tmp_path: Path) -> None:
    problems(tmp_path)
    (tmp_path / "mixin_good.py").rename(tmp_path / "mixin_goods.py")
    (tmp_path / "mixin_frame.py").write_text("class (", encoding="utf-8")
    missing, broken = check(tmp_path)
    assert missing == (
        "mixin_good: the module mixin_good.py is missing (did you mean 'mixin_goods.py'?)"
    )
    assert broken.startswith("mixin_frame: mixin_frame.py is no Python module")


def test_what_stands_there_twice_is_a_problem(tmp_path: Path) -> None:
    entry = yaml.safe_dump({"mixin_good": GOOD})
    again = yaml.safe_dump({"mixin_frame": GOOD})
    found = written(tmp_path, entry + entry + again)
    assert found[0] == "mixin_good: the key stands there 2 times"
    assert found[1] == "MixinGood: 3 entries have this name"
