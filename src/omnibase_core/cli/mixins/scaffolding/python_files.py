"""The modules of a new mixin: the model of its settings, and the mixin."""

from collections.abc import Sequence

from omnibase_core.cli.mixins.scaffolding.code_layout import call, import_of, literal
from omnibase_core.cli.mixins.scaffolding.mixin_name import CONTRACTS, MixinName
from omnibase_core.cli.mixins.scaffolding.new_field import NewField

__all__ = ["mixin_text", "model_text"]

_BASE = "ModelSubcontractBase"

_MODEL = '''"""The settings of {name.mixin}."""

from typing import ClassVar

from pydantic import Field

{imports}


class {name.model}({base}):
    """Settings of {name.mixin}. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

{fields}
'''

_MIXIN = '''"""{description}."""

from functools import cached_property

{imports}


class {name.mixin}:
    """{description}.

    Needs nothing; a host may set `{name.settings}`.
    """

    @cached_property
    def {name.settings}(self) -> {name.model}:
        """The settings; a host may assign others, on the class or on the instance."""
        return {name.model}()

    def {name.method}(self) -> dict[str, object]:
        """Return what the node goes by, by the name of each setting."""
        settings = self.{name.settings}
        return {{
{fields}
        }}
'''


def model_text(name: MixinName, fields: Sequence[NewField]) -> str:
    """Return the model of the settings."""
    imports = [
        import_of(f"{CONTRACTS}.model_subcontract_base", _BASE),
        import_of("omnibase_core.primitives.model_semver", "ModelSemVer"),
    ]
    lines = [call(f"{each.name}: {each.type} = Field", _arguments(each), 4) for each in fields]
    return _MODEL.format(
        name=name, base=_BASE, imports="\n".join(imports), fields="\n".join(lines)
    )


def mixin_text(name: MixinName, description: str, fields: Sequence[NewField]) -> str:
    """Return the mixin, which reads every setting."""
    lines = [f'            "{each.name}": settings.{each.name},' for each in fields]
    return _MIXIN.format(
        name=name,
        description=description,
        imports=import_of(name.model_module, name.model),
        fields="\n".join(lines),
    )


def _arguments(field: NewField) -> list[str]:
    bounds = zip(("ge", "le"), field.bounds, strict=True)
    return [
        f"default={literal(field.default)}",
        *(f"{word}={literal(bound)}" for word, bound in bounds if bound is not None),
        f'description="{field.description}"',
    ]
