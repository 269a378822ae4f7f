"""How a node keeps its side effects together, and undoes them."""

from collections.abc import Iterator
from typing import ClassVar, Final, Self

from pydantic import Field, model_validator

from omnibase_core.models.contracts.subcontracts.common_rules import Capitals, unlisted
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelTransactionSubcontract"]

_LEVELS: Final = ("READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE")


class ModelTransactionSubcontract(ModelSubcontractBase):
    """Settings of transactions. Interface 1.0.0, locked.

    Savepoints need rollback: unless they were asked for by name, they follow `rollback_support`.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    transaction_enabled: bool = Field(default=True, description="Run operations in transactions")
    rollback_support: bool = Field(
        default=True, description="Undo the operations of a transaction that fails"
    )
    enable_savepoints: bool = Field(
        default=True, description="Allow undoing a part of a transaction"
    )
    transaction_timeout_ms: int = Field(
        default=30000, ge=1000, le=300000, description="Longest transaction"
    )
    auto_commit: bool = Field(default=False, description="Commit when an operation succeeds")
    isolation_level: Capitals = Field(
        default="READ_COMMITTED",
        description="What concurrent transactions may see of each other",
        json_schema_extra={"enum": list(_LEVELS)},
    )
    enable_transaction_logging: bool = Field(
        default=True, description="Log begin, commit and rollback"
    )

    @model_validator(mode="after")
    def _savepoints_follow_rollback(self) -> Self:
        if "enable_savepoints" not in self.model_fields_set:
            self.__dict__["enable_savepoints"] = self.rollback_support
        return self

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown isolation level, and savepoints asked for where rollback is denied."""
        yield from unlisted("isolation_level", self.isolation_level, _LEVELS)
        asked_for = {"enable_savepoints", "rollback_support"} <= self.model_fields_set
        if asked_for and self.enable_savepoints and not self.rollback_support:
            yield BrokenRule("enable_savepoints", "needs rollback_support, which is off")
