"""Something a node needs from elsewhere, by name and module."""

import re
from collections.abc import Iterator
from typing import Final

from pydantic import ConfigDict, Field, field_validator

from omnibase_core.enums.enum_dependency_type import EnumDependencyType
from omnibase_core.models.contracts.model_contract_part import ModelContractPart
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelDependency"]

_SHORTEST_NAME: Final = 2
_LONGEST_MODULE: Final = 200
_MODULE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_PRIVILEGED: Final = frozenset({"admin", "root", "sudo", "system"})


class ModelDependency(ModelContractPart):
    """A protocol, service, module or external package that a contract names."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: str = Field(min_length=1, description="What is needed")
    module: str | None = Field(default=None, description="Dotted path it comes from")
    dependency_type: EnumDependencyType = Field(
        default=EnumDependencyType.PROTOCOL, description="What kind of thing it is"
    )
    version: ModelSemVer | None = Field(default=None, description="Version that is needed")
    required: bool = Field(default=True, description="The node cannot do without")
    description: str | None = Field(default=None, description="What it is needed for")

    @field_validator("name")
    @classmethod
    def _name_says_something(cls, name: str) -> str:
        if len(name) < _SHORTEST_NAME:
            raise validation_error(f"Dependency name too short: {name}", field="name")
        return name

    @field_validator("module")
    @classmethod
    def _module_is_a_dotted_path(cls, module: str | None) -> str | None:
        if not module:
            return None
        if violations := list(_security_violations(module)):
            raise validation_error(
                f"Security violations in module path '{module}': {'; '.join(violations)}",
                field="module",
            )
        if not _MODULE.fullmatch(module):
            raise validation_error(f"Invalid module path format: {module}", field="module")
        return module

    def is_protocol(self) -> bool:
        """Return whether a protocol is needed."""
        return self.dependency_type is EnumDependencyType.PROTOCOL

    def is_service(self) -> bool:
        """Return whether a service is needed."""
        return self.dependency_type is EnumDependencyType.SERVICE

    def is_external(self) -> bool:
        """Return whether a package from outside is needed."""
        return self.dependency_type is EnumDependencyType.EXTERNAL

    def matches_onex_patterns(self) -> bool:
        """Return whether a protocol says so in its name or module; all else matches."""
        texts = (self.name, self.module or "")
        return not self.is_protocol() or any("protocol" in text.lower() for text in texts)

    def to_string(self) -> str:
        """Return the dotted path of the dependency, or its name if it has no module."""
        return f"{self.module}.{self.name}" if self.module else self.name


def _security_violations(module: str) -> Iterator[str]:
    if any(mark in module for mark in ("..", "/", "\\", "~")):
        yield "path characters"
    if any(mark in module for mark in "<>|&;`$()'\"*?!{}[]\n\r\0"):
        yield "shell characters"
    if len(module) > _LONGEST_MODULE:
        yield f"longer than {_LONGEST_MODULE} characters"
    if words := sorted(_PRIVILEGED.intersection(module.lower().split("."))):
        yield f"privileged words ({', '.join(words)})"
