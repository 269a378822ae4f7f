"""The tests of a new mixin and of its settings."""

from collections.abc import Iterable, Sequence
from typing import Any

from omnibase_core.cli.mixins.scaffolding.code_layout import import_of, literal
from omnibase_core.cli.mixins.scaffolding.mixin_name import MixinName
from omnibase_core.cli.mixins.scaffolding.new_field import NewField

__all__ = ["mixin_test_text", "model_test_text"]

_MODEL_TEST = '''"""Settings of {name.mixin}: defaults, values and the file beside them."""

import inspect
from pathlib import Path

import pytest
from pydantic import ValidationError

{imports}


def test_the_yaml_beside_the_model_holds_its_defaults() -> None:
    path = Path(inspect.getfile({name.model})).with_suffix(".yaml")
    loaded = load_subcontract(path, {name.model}, strict=True)
    assert loaded == {name.model}()


@pytest.mark.parametrize(
    ("field", "value"),
    [
{kept}
    ],
)
def test_these_values_are_kept(field: str, value: object) -> None:
    settings = {name.model}.model_validate({{field: value}})
    assert settings.model_dump()[field] == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
{refused}
    ],
)
def test_these_values_are_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        {name.model}.model_validate({{field: value}})
'''

_MIXIN_TEST = '''"""{name.mixin} goes by its settings, wherever they come from."""

import pytest

{imports}


class Host({name.mixin}):
    pass


def test_a_host_goes_by_the_defaults() -> None:
    described = Host().{name.method}()
    assert described == {name.model}().model_dump()


@pytest.mark.parametrize(
    ("field", "value"),
    [
{kept}
    ],
)
def test_a_host_goes_by_what_it_is_given(field: str, value: object) -> None:
    host = Host()
    settings = {name.model}.model_validate({{field: value}})
    host.{name.settings} = settings
    assert host.{name.method}()[field] == value


@pytest.mark.parametrize("preset", [{presets}])
def test_a_host_goes_by_a_preset(preset: str) -> None:
    host = Host()
    values = MixinDiscovery().get_preset("{name.mixin}", preset)
    settings = {name.model}.model_validate(values)
    host.{name.settings} = settings
    assert host.{name.method}() == settings.model_dump()
'''


def model_test_text(name: MixinName, fields: Sequence[NewField]) -> str:
    """Return the test of the model."""
    imports = [
        import_of(name.model_module, name.model),
        import_of("omnibase_core.utils.contract_yaml", "load_subcontract"),
    ]
    refused = [(each.name, value) for each in fields for value in each.refused()]
    return _MODEL_TEST.format(
        name=name, imports="\n".join(imports), kept=_cases(_kept(fields)), refused=_cases(refused)
    )


def mixin_test_text(name: MixinName, fields: Sequence[NewField], presets: Iterable[str]) -> str:
    """Return the test of the mixin."""
    imports = [
        import_of("omnibase_core.discovery", "MixinDiscovery"),
        import_of(f"omnibase_core.mixins.{name.key}", name.mixin),
        import_of(name.model_module, name.model),
    ]
    return _MIXIN_TEST.format(
        name=name,
        imports="\n".join(imports),
        kept=_cases(_kept(fields)),
        presets=", ".join(map(literal, presets)),
    )


def _kept(fields: Sequence[NewField]) -> list[tuple[str, Any]]:
    return [
        (each.name, each.default if (other := each.other) is None else other) for each in fields
    ]


def _cases(cases: Iterable[tuple[str, Any]]) -> str:
    return "\n".join(f'        ("{field}", {literal(value)}),' for field, value in cases)
