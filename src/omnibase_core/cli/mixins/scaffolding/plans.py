"""Everything that a new mixin consists of, as plans for files."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from omnibase_core.cli.mixins.scaffolding.export_lines import with_export
from omnibase_core.cli.mixins.scaffolding.file_plan import FilePlan
from omnibase_core.cli.mixins.scaffolding.mixin_name import MixinName
from omnibase_core.cli.mixins.scaffolding.new_field import NewField
from omnibase_core.cli.mixins.scaffolding.python_files import mixin_text, model_text
from omnibase_core.cli.mixins.scaffolding.python_tests import mixin_test_text, model_test_text
from omnibase_core.cli.mixins.scaffolding.registry_lines import with_entry, with_known_mixin
from omnibase_core.cli.mixins.scaffolding.schemas import schemas_of
from omnibase_core.cli.mixins.scaffolding.working_tree import text_of
from omnibase_core.cli.mixins.scaffolding.yaml_files import (
    entry_text,
    presets_of,
    subcontract_text,
)
from omnibase_core.cli.request_error import RequestError
from omnibase_core.gates.known_mixins import FILE
from omnibase_core.gates.tree import Tree

__all__ = ["NewMixin", "plans_for"]

_CONTRACTS = "src/omnibase_core/models/contracts/subcontracts"
_MIXINS = "src/omnibase_core/mixins"
_TESTS = "tests/unit/omnibase_core"


@dataclass(frozen=True, slots=True)
class NewMixin:
    """What was asked for."""

    name: MixinName
    description: str
    category: str
    fields: Sequence[NewField]


def plans_for(new: NewMixin, tree: Tree) -> list[FilePlan]:
    """Return every file of a new mixin; nothing is written, and nothing will be overwritten."""
    name = new.name
    model = model_text(name, new.fields)
    subcontract = subcontract_text(name, new.description, new.fields)
    schemas = schemas_of(f"model_{name.contract}", model, subcontract)
    presets = presets_of(new.fields)
    words = {"description": new.description, "category": new.category}
    made = {
        f"{_CONTRACTS}/model_{name.contract}.py": model,
        f"{_CONTRACTS}/model_{name.contract}.yaml": subcontract,
        f"src/omnibase_core/schemas/{name.contract}.schema.json": schemas.document,
        f"{_MIXINS}/{name.key}.py": mixin_text(name, new.description, new.fields),
        f"{_TESTS}/mixins/test_{name.key}.py": mixin_test_text(name, new.fields, presets),
        f"{_TESTS}/subcontracts/test_{name.contract}.py": model_test_text(name, new.fields),
    }
    plans = [_new(tree, shown, text) for shown, text in made.items()]
    return [*plans, *_changes(name, tree, entry_text(name, words, schemas.fields, presets))]


def _changes(name: MixinName, tree: Tree, entry: str) -> Iterator[FilePlan]:
    """Yield the files that know of every mixin."""
    shown = f"{_CONTRACTS}/__init__.py"
    text = text_of(tree, tree.root / shown)
    yield FilePlan(
        tree.root / shown, shown, with_export(text, name.model_module, name.model), text
    )
    shown = f"{_MIXINS}/{FILE}"
    text = text_of(tree, tree.root / shown)
    yield FilePlan(tree.root / shown, shown, with_known_mixin(text, name.key, name.mixin), text)
    shown = f"{_MIXINS}/mixin_metadata.yaml"
    text = text_of(tree, tree.root / shown)
    yield FilePlan(tree.root / shown, shown, with_entry(text, name.key, entry), text)


def _new(tree: Tree, shown: str, text: str) -> FilePlan:
    path = tree.root / shown
    there = [path] if os.path.lexists(path) else _namesakes(tree, path)
    if there:
        raise RequestError(f"{tree.shown(there[0])} is there already", "another name")
    return FilePlan(path, shown, text)


def _namesakes(tree: Tree, path: Path) -> list[Path]:
    """Return tests of the same name elsewhere, of which pytest could import but one."""
    tests = tree.root / "tests"
    return sorted(tests.rglob(path.name)) if path.is_relative_to(tests) else []
