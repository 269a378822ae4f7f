"""Adding files and deleting a module: they change, leave alone, have nothing to do, refuse."""

from pathlib import Path
from typing import Any

import pytest
from carving import python, tree

from carve.errors import CarveError, Finding, StepRefused
from carve.plan.load import build_plan
from carve.plan.spec_files import AddFilesSpec, DeleteModuleSpec
from carve.steps.add_files import AddFiles
from carve.steps.delete_module import DeleteModule
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

FILES = {"src/pkg/new/__init__.py": '"""New."""\n', "src/pkg/new/contract.yaml": "name: é\n"}


def add(workspace: Workspace, files: dict[str, str]) -> Planned | Skipped:
    given = {"id": "01", "files": files, "why": "they are needed"}
    return AddFiles(AddFilesSpec.model_validate(given)).plan(workspace)


def delete(workspace: Workspace, module: str = "pkg.god", **more: Any) -> Planned | Skipped:
    given = {"id": "01", "module": module, "why": "it is empty", **more}
    return DeleteModule(DeleteModuleSpec.model_validate(given)).plan(workspace)


def test_files_are_added_as_the_plan_has_them(tmp_path: Path) -> None:
    workspace = tree(tmp_path, {})
    planned = add(workspace, FILES)
    assert isinstance(planned, Planned)
    assert planned.title == "Add src/pkg/new/__init__.py and 1 more"
    assert (planned.modules, planned.lines) == (("pkg.new",), 2)
    workspace.write(planned.edits)
    assert {path: (tmp_path / path).read_text("utf-8") for path in FILES} == FILES
    assert python(tmp_path / "src", "import pkg.new; print(pkg.new.__doc__)") == "New.\n"


def test_files_that_are_there_are_left_alone(tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"src/pkg/new/__init__.py": '"""New."""\n'})
    planned = add(workspace, FILES)
    assert isinstance(planned, Planned)
    assert [edit.path for edit in planned.edits] == ["src/pkg/new/contract.yaml"]
    assert add(workspace.after(planned.edits), FILES) == Skipped(
        "the files are there, as the plan has them"
    )


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("src/pkg/a.py", "x = 2\n", "src/pkg/a.py is there already, with another text"),
        ("src/pkg/a.py/b.py", "x = 2\n", "src/pkg/a.py is there already, and is no folder"),
        ("src/pkg", "x", "src/pkg is there already, and is a folder"),
        ("src/pkg/b.py", "x = (\n", "the text does not parse"),
    ],
)
def test_files_that_cannot_be_added_are_refused(
    path: str, text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(StepRefused, match=message) as caught:
        add(tree(tmp_path, {"src/pkg/a.py": "x = 1\n"}), {path: text})
    assert caught.value.instead


@pytest.mark.parametrize("path", ["/etc/a", "../a", "a/../b", ".git/a", "a\\b", "~/a", "./a", ""])
def test_paths_that_are_not_plain_are_refused_with_the_plan(path: str) -> None:
    step = {"id": "01", "do": "add_files", "files": {path: "x"}, "why": "x"}
    with pytest.raises(CarveError, match="is not a plain relative path"):
        build_plan({"format": 1, "steps": [step]})


@pytest.mark.parametrize(
    ("files", "message"),
    [({}, "files must not be empty"), (["a"], "files must be a mapping, not a list")],
)
def test_files_are_a_mapping_of_one_at_least(files: Any, message: str) -> None:
    step = {"id": "01", "do": "add_files", "files": files, "why": "x"}
    with pytest.raises(CarveError, match=message):
        build_plan({"format": 1, "steps": [step]})


def test_a_module_to_which_nothing_leads_is_deleted(tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"src/pkg/god.py": "x = 1\n", "src/pkg/a.py": "y = 'a god'\n"})
    planned = delete(workspace)
    assert isinstance(planned, Planned)
    assert (planned.lines, planned.modules) == (1, ("pkg",))
    workspace.write(planned.edits)
    assert not (tmp_path / "src/pkg/god.py").exists()
    assert (tmp_path / "src/pkg/a.py").exists()
    assert delete(workspace) == Skipped("there is no module pkg.god")


def test_a_module_that_something_leads_to_stays(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": "x = 1\n",
        "src/pkg/a.py": "from .god import x\n",
        "README.md": "see `pkg.god`\n",
    }
    workspace = tree(tmp_path, files)
    with pytest.raises(StepRefused, match=r"pkg.god is still needed") as caught:
        delete(workspace)
    places = [str(finding.where) for finding in caught.value.findings]
    assert places == ["README.md:1", "src/pkg/a.py:1"]
    with pytest.raises(StepRefused, match="it is imported here") as caught:
        delete(workspace, leaves=["*.md"])
    assert len(caught.value.findings) == 1


def test_a_package_with_modules_stays(tmp_path: Path) -> None:
    workspace = tree(tmp_path, {"src/pkg/sub/__init__.py": "", "src/pkg/sub/a.py": ""})
    with pytest.raises(StepRefused, match="lies in the package") as caught:
        delete(workspace, "pkg.sub")
    finding: Finding = caught.value.findings[0]
    assert (finding.path, finding.check) == ("src/pkg/sub/a.py", "package-is-empty")
