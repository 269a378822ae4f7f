"""A small tree that passes every gate, for tests to change."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

MODEL = '''"""Settings of toys."""

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)


class ModelToySubcontract(ModelSubcontractBase):
    """Settings of toys."""

    pace: int = Field(default=3, ge=1, le=9, description="How fast")
    loud: bool = Field(default=False, description="Whether it sings")
'''

SUBCONTRACT = """contract_type: toy_subcontract
contract_version: {major: 1, minor: 0, patch: 0}
metadata:
  name: toy_subcontract
  description: How toys move
  purpose: Configures MixinToy
  applicable_node_types: [EFFECT]
config:
  pace: 3
  loud: false
"""

MIXIN = '''"""Plays."""


class MixinToy:
    """Plays."""

    @property
    def tune(self) -> str:
        return "la" if self.toy_settings.loud else ""

    def play(self, times: int = 1) -> int:
        return times * self.toy_settings.pace
'''

CONTRACTS = "models/contracts/subcontracts"


def entry() -> dict[str, Any]:
    return {
        "name": "MixinToy",
        "description": "Play",
        "version": {"major": 1, "minor": 0, "patch": 0},
        "category": "execution",
        "requires": [],
        "compatible_with": [],
        "incompatible_with": [],
        "subcontract_model": "omnibase_core.models.contracts.subcontracts."
        "model_toy_subcontract:ModelToySubcontract",
        "config_schema": {
            "pace": {
                "type": "integer",
                "minimum": 1,
                "maximum": 9,
                "default": 3,
                "description": "How fast",
            },
            "loud": {"type": "boolean", "default": False, "description": "Whether it sings"},
        },
        "presets": {"fast": {"description": "Faster", "config": {"pace": 9}}},
        "code_patterns": {
            "methods": [{"name": "play", "signature": "def play(self, times: int=1) -> int"}],
            "properties": [{"name": "tune", "type": "str"}],
        },
    }


@dataclass
class Toys:
    """A repository with one mixin; `write_registry` writes what `registry` holds by then."""

    root: Path
    registry: dict[str, Any] = field(
        default_factory=lambda: {"mixin_toy": entry(), "infrastructure": {}}
    )

    @property
    def package(self) -> Path:
        return self.root / "src/omnibase_core"

    @property
    def toy(self) -> dict[str, Any]:
        """The entry of the one mixin."""
        found: dict[str, Any] = self.registry["mixin_toy"]
        return found

    def write(self, path: str, text: str) -> Path:
        file = self.package / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def write_registry(self) -> Path:
        """Write the registry, and the list of known mixins that fits it."""
        names = {key: each["name"] for key, each in self.registry.items() if "name" in each}
        exempt = {key: each["name"] for key, each in self.registry["infrastructure"].items()}
        known = {"features": names, "infrastructure": exempt}
        self.write("mixins/known_mixins.yaml", yaml.safe_dump(known))
        text = yaml.safe_dump(self.registry, sort_keys=False)
        self.write("mixins/mixin_metadata.yaml", text)
        return self.root

    def line(self, text: str, path: str = "mixins/mixin_metadata.yaml") -> int:
        """Return the number of the first line of a file that has `text` in it."""
        lines = (self.package / path).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def toys(tmp_path: Path) -> Toys:
    made = Toys(tmp_path)
    made.write(f"{CONTRACTS}/model_toy_subcontract.py", MODEL)
    made.write(f"{CONTRACTS}/model_toy_subcontract.yaml", SUBCONTRACT)
    made.write("mixins/mixin_toy.py", MIXIN)
    made.write_registry()
    return made
