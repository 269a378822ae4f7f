"""The loading of contracts, written in each of the archetypes, is written once after a merge."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from carving import git, python
from merging import param, texts_of, write

from carve.plan.load import load_plan
from carve.plan.spec_merge_members import MergeMembersSpec
from carve.run.before import materialise
from carve.steps.merge_members import MergeMembers
from carve.steps.outcome import Planned
from carve.workspace import Workspace

ROOT = Path(__file__).parents[4]
NODES = "src/omnibase_core/infrastructure/node_{0}.py"
KINDS = ("reducer", "orchestrator", "compute", "effect")
CONTRACT_MODEL = "omnibase_core.models.contracts.model_contract_base:ModelContractBase"
PROBE = """
import importlib, json, sys
from pathlib import Path
kind = sys.argv[1]
module = importlib.import_module(f"omnibase_core.infrastructure.node_{kind}")
owner = getattr(module, f"Node{kind.capitalize()}")
node = object.__new__(owner)

class Resolver:
    def resolve_reference(self, path, base):
        return [Path(path).name, base.name]

def told(call):
    try:
        return repr(call())
    except Exception as error:
        return [type(error).__name__, str(error), repr(getattr(error, "details", None))]

data = {"a": {"$ref": "./x.yaml"}, "b": [{"$ref": "y.yaml", "z": 1}, 3]}
print(json.dumps([
    told(lambda: node._resolve_contract_references(data, Path("base"), Resolver())),
    told(node._find_contract_path),
    told(node._load_contract_model),
]))
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tree with the archetypes as they were."""
    folder = tmp_path_factory.mktemp("before")
    materialise(ROOT, load_plan(ROOT / "migration/plan.yaml"), folder)
    git(folder, "init", "--quiet", "--template=")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return folder


def steps() -> list[MergeMembersSpec]:
    upper = [kind.capitalize() for kind in KINDS]
    base: dict[str, Any] = {"why": "it is written four times"}
    hosts = [
        f"omnibase_core.infrastructure.node_{k}:Node{u}" for k, u in zip(KINDS, upper, strict=True)
    ]
    references = {
        "id": "01-references",
        "from": hosts[1:],
        "to": "omnibase_core.mixins.mixin_contract_references:MixinContractReferences",
        "members": ["_resolve_contract_references"],
    }
    loader = {
        "id": "02-loader",
        "from": hosts,
        "to": "omnibase_core.mixins.mixin_contract_loader:MixinContractLoader",
        "members": ["_find_contract_path", "_load_contract_model"],
        "parameters": [
            param("node_label", *(f"'{kind}'" for kind in KINDS)),
            param("node_class_name", *(f"'Node{name}'" for name in upper)),
            param("contract_model_name", *(f"'ModelContract{name}'" for name in upper)),
            param(
                "contract_model_class",
                *(f"ModelContract{name}" for name in upper),
                annotation=CONTRACT_MODEL,
            ),
        ],
        "hooks": [
            "_contract_filename",
            "_comes_from_file",
            "_file_of",
            "_read_contract",
            "_loaded_contract_facts",
        ],
        "leaves": ["_resolve_contract_references"],
    }
    return [MergeMembersSpec.model_validate({**base, **each}) for each in (references, loader)]


def probe(folder: Path, kind: str) -> str:
    return python(folder / "src", f"import sys; sys.argv = ['', {kind!r}]\n{PROBE}")


def test_loading_is_written_once_and_does_the_same(before: Path, tmp_path: Path) -> None:
    folder = tmp_path / "after"
    shutil.copytree(before, folder)
    workspace = Workspace(folder)
    for spec in steps():
        planned = MergeMembers(spec).plan(workspace)
        assert isinstance(planned, Planned)
        assert all(each.cover for each in planned.differences)
        write(folder, texts_of(planned))
        workspace = Workspace(folder)
    for kind in KINDS:
        text = (folder / NODES.format(kind)).read_text(encoding="utf-8")
        assert "def _load_contract_model" not in text
        assert "def _find_contract_path" not in text
        assert ("def _resolve_contract_references" in text) is (kind == "reducer")
        assert probe(folder, kind) == probe(before, kind)
