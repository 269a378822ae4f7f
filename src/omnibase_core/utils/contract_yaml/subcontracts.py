"""Load a subcontract from its YAML file as a model."""

import os
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.contract_yaml.contract_types import contract_type_of
from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.known_keys import UnknownKey, unknown_keys
from omnibase_core.utils.contract_yaml.model_subcontract_document import (
    ModelSubcontractDocument,
)
from omnibase_core.utils.contract_yaml.places import dotted
from omnibase_core.utils.contract_yaml.problems import Problem, hint, refusal
from omnibase_core.utils.contract_yaml.reading import read_document
from omnibase_core.utils.contract_yaml.unknown_contract_key import UnknownContractKey
from omnibase_core.utils.contract_yaml.wording import rule_problems, type_problems

__all__ = ["load_subcontract"]

T = TypeVar("T", bound=ModelSubcontractBase)


class _Parts(NamedTuple):
    """The two halves of a file, as far as they were found."""

    data: dict[str, Any]
    config: dict[str, Any] | None


def load_subcontract(
    path: str | os.PathLike[str],
    model: type[T],
    *,
    strict: bool = False,
    root: str | os.PathLike[str] | None = None,
) -> T:
    """Return the subcontract in `path` as `model`; one `ModelOnexError` names all that is wrong.

    A key that no model knows is wrong if `strict`, and else ignored with an `UnknownContractKey`.
    """
    document = read_document(path, root=root)
    parts = _parts(document)
    problems = list(_around(document, parts.data, model))
    loaded: T | None = None
    cause: Exception | None = None
    if parts.config is not None:
        try:
            loaded = model.model_validate(parts.config)
        except ValidationError as error:
            cause = error
            problems += type_problems(error, document, ("config",))
        except ModelOnexError as error:
            cause = error
            problems += rule_problems(error, document, ("config",))
    unknown = list(_unknown(parts, model))
    if loaded is None or problems or (strict and unknown):
        raise refusal([*problems, *(_told(one, document) for one in unknown)]) from cause
    for one in unknown:
        warnings.warn(str(_told(one, document, ", ignored")), UnknownContractKey, stacklevel=2)
    return loaded


def _parts(document: Document) -> _Parts:
    data = document.data
    if not isinstance(data, dict):
        what = "a subcontract is a mapping, and this is something else"
        instead = "begin it with contract_type: ..."
        raise refusal([Problem(document.where(()), what, instead)])
    config = data.get("config")
    return _Parts(data, config if isinstance(config, dict) else None)


def _around(
    document: Document, data: dict[str, Any], model: type[ModelSubcontractBase]
) -> Iterator[Problem]:
    """Yield what is wrong with the file but for its values."""
    try:
        ModelSubcontractDocument.model_validate(data)
    except ValidationError as error:
        yield from type_problems(error, document, ())
    wanted, found = contract_type_of(model), data.get("contract_type")
    if isinstance(found, str) and found != wanted:
        what = f"contract_type is {found!r}, and {model.__name__} reads {wanted!r}"
        instead = f"write {wanted}, or load it with its own model"
        yield Problem(document.where(("contract_type",)), what, instead)
    yield from _version(document, data.get("contract_version"), model)


def _version(
    document: Document, found: object, model: type[ModelSubcontractBase]
) -> Iterator[Problem]:
    try:
        version = ModelSemVer.model_validate(found)
    except ValidationError:
        return  # told with the rest of the file
    known = model.INTERFACE_VERSION
    if version.major == known.major and version.minor <= known.minor:
        return
    newer = (version.major, version.minor) > (known.major, known.minor)
    what = f"contract_version is {version}, and {model.__name__} is at {known}"
    instead = "upgrade the runtime" if newer else "bring the contract up to it"
    step = "major" if version.major != known.major else "minor"
    yield Problem(document.where(("contract_version", step)), what, instead)


def _unknown(parts: _Parts, model: type[ModelSubcontractBase]) -> Iterator[UnknownKey]:
    yield from unknown_keys([ModelSubcontractDocument], parts.data, ())
    yield from unknown_keys([model], parts.config, ("config",))


def _told(unknown: UnknownKey, document: Document, fate: str = "") -> Problem:
    *around, key = unknown.steps
    inside = f" in {dotted(tuple(around))}" if around else ""
    what = f"unknown key {str(key)!r}{inside}{fate}"
    return Problem(
        document.where_key(unknown.steps), what, hint(str(key), unknown.known, "remove it")
    )
