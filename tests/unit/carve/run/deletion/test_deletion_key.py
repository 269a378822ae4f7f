"""What was measured counts for as long as all is the same that it depends on."""

from pathlib import Path

import pytest
from carving import tree

from carve.plan.load import load_plan
from carve.plan.spec_files import DeleteModuleSpec
from carve.run.deletion.case import Case
from carve.workspace import Workspace

PLAN = """\
format: 1
verify: {pins: characterization}
steps:
  - {id: 01-gone, do: delete_module, module: shop.till, why: nobody needs it}
"""
FILES = {
    "plan.yaml": PLAN,
    "src/shop/till.py": "from shop import tax\n\nRATE = tax.rate()\n",
    "src/shop/tax.py": "def rate():\n    from .rates import RATE\n    return RATE\n",
    "src/shop/rates.py": "RATE = 2\n",
    "src/shop/__init__.py": "",
    "src/shop/coins.py": "",
    "src/shop/desk.py": "OPEN = True\n",
    "src/carve/pins.py": "KEPT = True\n",
    "characterization/conftest.py": "from carve import pins\n",
    "characterization/subjects.yaml": "till: {before: 'shop.till:Till'}\n",
    "characterization/scenarios/till/test_pays.py": "def test_pays(at='shop.coins'): ...\n",
    "characterization/pins/till/pays/pays.yaml": "format: 1\n",
}


def key(folder: Path) -> str:
    plan = load_plan(folder / "plan.yaml")
    spec = plan.steps[0]
    assert isinstance(spec, DeleteModuleSpec)
    case = Case(folder, plan, spec, Workspace(folder, plan.roots))
    return case.key("coverage", ["till"], [])


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("src/shop/till.py", True),
        ("src/shop/tax.py", True),
        ("src/shop/rates.py", True),
        ("src/shop/__init__.py", True),
        ("src/shop/coins.py", True),
        ("characterization/scenarios/till/test_pays.py", True),
        ("characterization/pins/till/pays/pays.yaml", True),
        ("src/shop/desk.py", False),
        ("src/carve/pins.py", False),
    ],
)
def test_what_a_measurement_depends_on(tmp_path: Path, path: str, counts: bool) -> None:
    tree(tmp_path, FILES)
    before = key(tmp_path)
    (tmp_path / path).write_text(FILES[path] + "# more\n", encoding="utf-8")
    assert (key(tmp_path) != before) is counts
