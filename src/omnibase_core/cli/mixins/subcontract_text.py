"""A subcontract as the YAML to paste into a contract."""

from typing import TYPE_CHECKING, Any

from omnibase_core.cli.request_error import RequestError

if TYPE_CHECKING:
    from omnibase_core.discovery import MixinDiscovery

__all__ = ["subcontract_yaml"]


def subcontract_yaml(discovery: "MixinDiscovery", name: str, values: dict[str, Any]) -> str:
    """Return the subcontract of a mixin, with `values` in place of the defaults."""
    from pydantic import ValidationError  # noqa: PLC0415 - --help needs neither of them

    from omnibase_core.errors.model_onex_error import ModelOnexError  # noqa: PLC0415 - see above
    from omnibase_core.utils.contract_yaml import dump_subcontract  # noqa: PLC0415 - see above

    try:
        model: Any = discovery.resolve_subcontract(name)
        return dump_subcontract(model.model_validate(values))
    except ModelOnexError as error:
        raise RequestError(error.message) from error
    except ValidationError as error:
        problems = "\n".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()
        )
        raise RequestError(f"{name} refuses the values of the preset\n{problems}") from error
