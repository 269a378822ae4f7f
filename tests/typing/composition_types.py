"""A node as a class statement over mixins, and one composed; mypy checks both, nothing runs."""

from pathlib import Path
from typing import Any

from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_effect_handlers import MixinEffectHandlers
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_transactions import MixinTransactions
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations import ModelEffectInput, ModelEffectOutput
from omnibase_core.models.operations.model_effect_result import ModelEffectResultBool
from omnibase_core.nodes.compose import compose_node


class TicketStore(MixinTransactions, MixinEffectHandlers, MixinHealthCheck, NodeCoreBase):
    """A composition as users write it."""

    health_check_settings = ModelHealthCheckSubcontract(failure_threshold=5)
    transaction_settings = ModelTransactionSubcontract(auto_commit=True)

    async def process(self, input_data: ModelEffectInput) -> ModelEffectOutput:
        """Run the handler in a transaction."""
        async with self.transaction_context(input_data.operation_id) as transaction:
            stored = await self._execute_effect(input_data, transaction)
        state: EnumTransactionState = transaction.state
        return ModelEffectOutput(
            result=ModelEffectResultBool(value=bool(stored)),
            operation_id=transaction.transaction_id,
            effect_type=input_data.effect_type,
            transaction_state=state,
            processing_time_ms=0.0,
        )


def made(contract: Path) -> NodeCoreBase:
    """Return a node from each kind of contract that there is."""
    kinds: list[type[NodeCoreBase]] = [
        TicketStore,
        compose_node(contract),
        compose_node(str(contract), root=contract.parent, strict=False),
        compose_node({"node": {"name": "TicketStore"}, "mixins": ["MixinTransactions"]}),
    ]
    return kinds[-1](ModelONEXContainer())


store = TicketStore(ModelONEXContainer())
open_transactions: dict[str, ModelTransaction] = store.active_transactions
threshold: int = store.health_check_settings.failure_threshold
read_contract: dict[str, Any] = {"node": {"name": "TicketStore"}}
from_variable: type[NodeCoreBase] = compose_node(read_contract)
