"""What every subcontract shares: it is data, checked when built and at each assignment."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Self

from pydantic import ConfigDict, model_validator

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.utils.model_atomic_assignment import ModelAtomicAssignment
from omnibase_core.models.utils.validation_error import validation_error
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelSubcontractBase", "raise_broken_rules"]


class ModelSubcontractBase(ModelAtomicAssignment):
    """Typed settings of one capability of a node.

    The interface is locked, code is generated from it: existing fields and validators stay; only
    optional fields are added, and only with a minor bump of `INTERFACE_VERSION`; no field is
    removed and none changes its type or bounds.

    A list is checked when it is given, not when it is changed in place: assign a new one.
    """

    # Neither JSON nor a comparison of two models knows what to do with NaN.
    model_config = ConfigDict(allow_inf_nan=False)

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)
    OLD_KEYS: ClassVar[Mapping[str, str]] = {}
    """Keys that are still read and never written, each with what has taken its place."""

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield each rule between fields that does not hold; here there is none."""
        yield from ()

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        raise_broken_rules(type(self).__name__, self.broken_rules())
        return self


def raise_broken_rules(owner: str, rules: Iterable[BrokenRule]) -> None:
    """Raise one VALIDATION_ERROR that names every broken rule of `owner`, if there is any."""
    if broken := list(rules):
        raise validation_error(
            f"{owner}: {'; '.join(map(str, broken))}",
            field=broken[0].field,
            fields=[rule.field for rule in broken],
            problems=[rule.problem for rule in broken],
        )
