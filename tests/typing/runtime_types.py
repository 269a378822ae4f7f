"""Types that users of the runtime rely on; mypy checks them, nothing runs them."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure import NodeCoreBase
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations import ModelEffectInput, ModelEffectOutput
from omnibase_core.nodes.effect_node import EffectNode
from omnibase_core.primitives.model_semver import ModelSemVer


class TicketStore(EffectNode):
    """A node with a handler of its own, as users write it."""

    def __init__(self, container: ModelONEXContainer) -> None:
        """Register the handler."""
        super().__init__(container)
        self.effect_handlers[EnumEffectType.DATABASE_OPERATION] = self._store

    async def _store(
        self, data: dict[str, ModelSchemaValue], transaction: ModelTransaction | None
    ) -> bool:
        if transaction is not None:
            transaction.add_operation("store", {"ticket": 1}, _undo)
        return "ticket" in data


def _undo() -> None: ...


async def store(node: TicketStore) -> UUID:
    """Return the id of an operation, through everything that has a declared type."""
    order = ModelEffectInput(effect_type=EnumEffectType.DATABASE_OPERATION, operation_data={})
    output: ModelEffectOutput = await node.process(order)
    handlers: dict[EnumEffectType, Callable[..., Awaitable[Any]]] = node.effect_handlers
    open_transactions: dict[str, ModelTransaction] = node.active_transactions
    async with node.transaction_context(output.operation_id) as transaction:
        undone: ModelTransaction = transaction
    return undone.transaction_id if handlers or open_transactions else output.operation_id


def versions(error: ModelOnexError) -> tuple[ModelSemVer, str]:
    """Return what a version and an error look like from outside."""
    settings = ModelTransactionSubcontract(transaction_timeout_ms=2000)
    version: ModelSemVer = settings.INTERFACE_VERSION
    message: str = error.message
    return version.bump_minor(), message


node_type: type[NodeCoreBase] = TicketStore
code: EnumCoreErrorCode = EnumCoreErrorCode.VALIDATION_ERROR
