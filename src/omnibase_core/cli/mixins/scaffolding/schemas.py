"""What a model that is yet to be written will look like from outside."""

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from omnibase_core.gates.interface.locked_models import FOLDER, locked_models
from omnibase_core.gates.schema_equals_model import flat_schema
from omnibase_core.gates.schemas import write

__all__ = ["Schemas", "schemas_of"]

_ORDER = ("type", "items", "enum", "minimum", "maximum", "default", "description")


class Schemas(NamedTuple):
    """The schema of the YAML file, as text, and that of each setting, by name."""

    document: str
    fields: dict[str, dict[str, Any]]


def schemas_of(stem: str, model: str, subcontract: str) -> Schemas:
    """Return the schemas of a model, given the text of both its files."""
    with tempfile.TemporaryDirectory() as name:
        package = Path(name).resolve()
        (package / FOLDER).mkdir(parents=True)
        for suffix, text in ((".py", model), (".yaml", subcontract)):
            path = (package / FOLDER / stem).with_suffix(suffix)
            path.write_text(text, encoding="utf-8", newline="\n")
        (locked,) = locked_models(package)
        (written,) = write(package)
        document = written.read_text("utf-8")
    fields = flat_schema(locked.model.model_json_schema())
    return Schemas(document, {field: _sorted(facts) for field, facts in fields.items()})


def _sorted(facts: dict[str, Any]) -> dict[str, Any]:
    order = [*_ORDER, *(fact for fact in facts if fact not in _ORDER)]
    return {fact: facts[fact] for fact in order if fact in facts}
