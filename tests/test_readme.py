"""What README and docs say is true: their code runs, their commands and links exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from carve.plan.load import load_plan
from carve.plan.model import PARTS, STEP_KINDS, Plan, Verify
from omnibase_core.nodes.effect_node import EffectNode

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_in_it_runs(page: Path) -> None:
    for example in Sybil(parsers=[PythonCodeBlockParser()]).parse(page).examples():
        example.evaluate()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_its_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_it_opens_with_the_two_commands_that_ci_runs() -> None:
    migrate, ask = (block.strip() for block in blocks("README.md", "sh")[:2])
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert ask in script
    assert migrate == f"{ask} -s migrate"


def test_its_figures_are_those_of_the_plan() -> None:
    steps = yaml.safe_load((ROOT / "migration/plan.yaml").read_text(encoding="utf-8"))["steps"]
    kinds = {"extract_mixin", "merge_members"}
    mixins = {step["to"] for step in steps if step["do"] in kinds}
    gone = [step["module"] for step in steps if step["do"] == "delete_module"]
    files = [ROOT / f"migration/baseline/src/{each.replace('.', '/')}.py" for each in gone]
    lines = sum(len(each.read_text(encoding="utf-8").splitlines()) for each in files)
    assert len(files) == 4
    assert f"{lines:,} lines in four modules become {len(mixins)} mixins" in README
    assert f"in {len(steps)} steps" in README


def test_its_table_has_every_mixin_of_an_effect_node() -> None:
    named = re.findall(r"^\| `(Mixin\w+)`", README, re.MULTILINE)
    assert named == [base.__name__ for base in EffectNode.__bases__[:-1]]


def test_its_extraction_comes_out_as_it_shows(tmp_path: Path) -> None:
    before, mixin = blocks("README.md", "python")[:2]
    (_, shown) = blocks("README.md", "sh")[2].strip().splitlines()
    package = tmp_path / "src/shop"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "store.py").write_text(before, encoding="utf-8")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    carve = [sys.executable, "-m", *shown.split(), "--repo", str(tmp_path)]
    subprocess.run(carve, cwd=ROOT / "src", check=True, capture_output=True)
    assert (package / "mixin_summary.py").read_text(encoding="utf-8") == mixin
    assert "class Store(MixinSummary):" in (package / "store.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/plan.md"])
def test_its_plans_can_be_loaded(page: str, tmp_path: Path) -> None:
    plans = [block for block in blocks(page, "yaml") if "steps:" in block]
    assert plans
    for text in plans:
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        assert load_plan(tmp_path / "plan.yaml").steps


def test_the_plan_page_has_every_key() -> None:
    text = (ROOT / "docs/plan.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    parts = (Plan, Verify, *STEP_KINDS.values(), *PARTS.values())
    assert named == {key for part in parts for key in part.keys()}  # noqa: SIM118 - a class


def test_the_commands_in_it_are_those_that_carve_has() -> None:
    command = [sys.executable, "-m", "carve", "--help"]
    shown = subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=True)
    offered = re.findall(r"^  ([a-z]+)  ", shown.stdout, re.MULTILINE)
    assert set(re.findall(r"^\| `carve (\w+)", README, re.MULTILINE)) == set(offered)


def test_its_examples_of_pins_and_subjects_are_yaml() -> None:
    for text in blocks("docs/characterization.md", "yaml"):
        assert yaml.safe_load(text)
