"""A composed class is what the class statement with the same bases would have made."""

import asyncio
import importlib
import inspect
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import omnibase_core
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_effect_handlers import MixinEffectHandlers
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.mixins.mixin_transactions import MixinTransactions
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)
from omnibase_core.models.infrastructure import ModelTransaction
from omnibase_core.models.operations import ModelEffectInput, ModelEffectOutput
from omnibase_core.models.operations.model_effect_result import ModelEffectResultDict
from omnibase_core.nodes.compose import compose_node

MIXINS: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        MixinContractLoader,
        MixinTransactions,
        MixinEffectHandlers,
        MixinHealthCheck,
        MixinNodeIdFromContract,
    )
}
SOURCES = Path(omnibase_core.__file__).parents[1]
# Python 3.13 notes in each class where its statement stands and what its methods assign.
OF_THE_STATEMENT = {"__firstlineno__", "__static_attributes__"}


class EffectBase(NodeCoreBase):
    """A base that needs what two mixins bring."""

    made_of: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.made_of = (cls.__module__, cls.__qualname__)

    async def process(self, input_data: ModelEffectInput) -> ModelEffectOutput:
        node: Any = self
        async with node.transaction_context(input_data.operation_id) as transaction:
            result = await node._execute_effect(input_data, transaction)
        return ModelEffectOutput(
            result=ModelEffectResultDict(value=result),
            operation_id=transaction.transaction_id,
            effect_type=input_data.effect_type,
            transaction_state=transaction.state,
            processing_time_ms=0.0,
        )


class QuietBase(NodeCoreBase):
    """A base that needs nothing."""

    async def process(self, input_data: Any) -> Any:
        return input_data

    class Inner(NodeCoreBase):
        """A base inside another class."""


BASES: dict[str, type[NodeCoreBase]] = {
    "omnibase_core.infrastructure.node_core_base:NodeCoreBase": NodeCoreBase,
    f"{__name__}:EffectBase": EffectBase,
    f"{__name__}:QuietBase": QuietBase,
    f"{__name__}:QuietBase.Inner": QuietBase.Inner,
}


def contract(*mixins: object, base: str | None = None, **node: Any) -> dict[str, Any]:
    bases = {} if base is None else {"base": f"{__name__}:{base}"}
    return {"node": {"name": "TicketStore", **bases, **node}, "mixins": list(mixins)}


def by_hand(mixins: list[str], base: type, health: int | None = None) -> type[NodeCoreBase]:
    """Return what a class statement makes."""
    settings = f"health_check_settings = Health(failure_threshold={health})"
    source = f"""
class TicketStore({", ".join([*mixins, "Base"])}):
    {settings if health else "pass"}
"""
    names = {**MIXINS, "Base": base, "Health": ModelHealthCheckSubcontract, "__name__": __name__}
    exec(source, names)  # noqa: S102 - a class statement with these bases
    made: Any = names["TicketStore"]
    return made


def flattened(cls: type) -> dict[str, tuple[type, object]]:
    """Return who answers for each inherited member, and with what."""
    members: dict[str, tuple[type, object]] = {}
    for owner in reversed(cls.__mro__[1:]):
        members |= {name: (owner, value) for name, value in vars(owner).items()}
    return members


def own(cls: type) -> dict[str, object]:
    """Return what stands in the class itself; machinery by its type alone."""
    machinery = {"__weakref__", "__dict__", "_abc_impl"}
    return {
        name: type(value) if name in machinery else value
        for name, value in vars(cls).items()
        if name not in OF_THE_STATEMENT
    }


def assert_alike(composed: type, statement: type) -> None:
    assert type(composed) is type(statement)
    assert composed.__bases__ == statement.__bases__
    assert composed.__mro__[1:] == statement.__mro__[1:]
    assert flattened(composed) == flattened(statement)
    assert own(composed) == own(statement)
    assert inspect.signature(composed) == inspect.signature(statement)
    assert inspect.isabstract(composed) == inspect.isabstract(statement)


@given(
    names=st.lists(st.sampled_from(sorted(MIXINS)), unique=True),
    base=st.sampled_from(sorted(BASES)),
    threshold=st.integers(1, 10),
)
def test_any_order_of_any_mixins_is_the_class_statement(
    names: list[str], base: str, threshold: int
) -> None:
    health = {"name": "MixinHealthCheck", "settings": {"failure_threshold": threshold}}
    listed = [health if name == "MixinHealthCheck" else name for name in names]
    composed = compose_node({"node": {"name": "TicketStore", "base": base}, "mixins": listed})
    statement = by_hand(names, BASES[base], threshold if health in listed else None)
    assert_alike(composed, statement)
    if inspect.isabstract(composed):
        with pytest.raises(TypeError, match="abstract") as of_statement:
            statement(ModelONEXContainer())
        with pytest.raises(TypeError, match="abstract") as of_composed:
            composed(ModelONEXContainer())
        assert str(of_composed.value) == str(of_statement.value)
    else:
        one, other = composed(ModelONEXContainer()), statement(ModelONEXContainer())
        assert {name: type(value) for name, value in vars(one).items()} == {
            name: type(value) for name, value in vars(other).items()
        }


def handlers_of(log: list[str]) -> dict[EnumEffectType, Callable[..., Any]]:
    async def book(
        _data: dict[str, ModelSchemaValue], transaction: ModelTransaction
    ) -> dict[str, Any]:
        transaction.add_operation("book", {"seat": 7}, lambda: log.append("undone"))
        return {"booked": 7}

    async def fail(
        data: dict[str, ModelSchemaValue], transaction: ModelTransaction
    ) -> dict[str, Any]:
        await book(data, transaction)
        raise ConnectionError("line is dead")

    return {EnumEffectType.API_CALL: book, EnumEffectType.DATABASE_OPERATION: fail}


async def run(cls: type[NodeCoreBase]) -> list[object]:
    """Return everything that can be seen of a node at work."""
    log: list[str] = []
    node: Any = cls(ModelONEXContainer())
    await node.initialize()
    node.effect_handlers.update(handlers_of(log))
    seen: list[object] = [type(node).__name__, node.get_state(), node.is_healthy]
    order = ModelEffectInput(effect_type=EnumEffectType.API_CALL, operation_data={})
    output = await node.process(order)
    seen += [output.result, output.transaction_state, dict(node.active_transactions)]
    failing = order.model_copy(update={"effect_type": EnumEffectType.DATABASE_OPERATION})
    with pytest.raises(ConnectionError, match="line is dead"):
        await node.process(failing)
    seen += [list(log), node.health_check().status, node.is_healthy, node.health_check_settings]
    async with node.transaction_context() as transaction:
        transaction.add_operation("left", {}, lambda: log.append("left"))
        await node.cleanup()
        seen += [transaction.state, list(log), node.get_state()]
    return seen


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "names",
    [
        ["MixinTransactions", "MixinEffectHandlers", "MixinHealthCheck"],
        ["MixinHealthCheck", "MixinEffectHandlers", "MixinTransactions", "MixinContractLoader"],
        [
            "MixinNodeIdFromContract",
            "MixinTransactions",
            "MixinHealthCheck",
            "MixinEffectHandlers",
        ],
    ],
    ids="-".join,
)
async def test_a_composed_node_works_as_one_written_by_hand(names: list[str]) -> None:
    seen = await run(compose_node(contract(*names, base="EffectBase")))
    assert seen == await run(by_hand(names, EffectBase))
    assert EnumTransactionState.COMMITTED in seen
    assert EnumTransactionState.ROLLED_BACK in seen
    assert ["undone"] in seen


def test_a_class_can_be_derived_from_a_composed_one(tmp_path: Path) -> None:
    composed: Any = compose_node(
        contract("MixinTransactions", "MixinEffectHandlers", base="EffectBase")
    )

    class Archive(composed):  # type: ignore[misc]
        def __init__(self, container: ModelONEXContainer) -> None:
            super().__init__(container)
            self._register_builtin_effect_handlers()

    node = Archive(ModelONEXContainer())
    asyncio.run(node.execute_file_operation("write", tmp_path / "ticket", "seven"))
    assert (tmp_path / "ticket").read_text() == "seven"
    assert isinstance(node, composed)
    assert isinstance(node, MixinTransactions)
    assert issubclass(Archive, EffectBase)


def test_the_class_is_called_and_described_as_the_contract_says() -> None:
    text = "Keeps tickets.\n\n  Open ones only.\n"
    composed: Any = compose_node(contract(base="EffectBase", description=text))
    assert composed.__name__ == composed.__qualname__ == "TicketStore"
    assert composed.__module__ == __name__
    assert composed.__doc__ == inspect.cleandoc(text)
    assert composed.made_of == (__name__, "TicketStore")
    assert repr(composed) == f"<class '{__name__}.TicketStore'>"
    assert inspect.getmodule(composed) is sys.modules[__name__]
    assert compose_node(contract()).__doc__ is None


def test_composing_twice_gives_classes_apart() -> None:
    listed = {"name": "MixinHealthCheck", "preset": "default"}
    one: Any = compose_node(contract("MixinTransactions", listed))
    other: Any = compose_node(contract("MixinTransactions", listed))
    assert one is not other
    assert one.__bases__ == other.__bases__
    assert one.health_check_settings == other.health_check_settings
    one.health_check_settings.failure_threshold = 9
    assert other.health_check_settings.failure_threshold != 9


def test_without_process_the_class_stays_abstract() -> None:
    composed = compose_node(contract("MixinTransactions"))
    assert composed.__abstractmethods__ == frozenset({"process"})


Write = Callable[[str, str], ModuleType]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return a function that writes a module and imports it."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def write(name: str, text: str) -> ModuleType:
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        made.append(name)
        return importlib.import_module(name)

    yield write
    for name in made:
        sys.modules.pop(name, None)


SHOP = """
from pathlib import Path
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.nodes.compose import compose_node

class ShopBase(NodeCoreBase):
    async def process(self, input_data):
        return input_data

TicketStore = compose_node(Path(__file__).with_suffix(".yaml"))
"""


def test_a_class_under_its_own_name_in_a_module_can_be_pickled(
    module: Write, tmp_path: Path
) -> None:
    text = (
        "node: {name: TicketStore, base: 'shop_of_pickles:ShopBase'}\nmixins: [MixinTransactions]"
    )
    (tmp_path / "shop_of_pickles.yaml").write_text(text, encoding="utf-8")
    shop = module("shop_of_pickles", SHOP)
    assert shop.TicketStore.__bases__ == (MixinTransactions, shop.ShopBase)
    assert pickle.loads(pickle.dumps(shop.TicketStore)) is shop.TicketStore  # noqa: S301 - our own


def test_the_contract_may_name_the_module_that_the_class_belongs_to(module: Write) -> None:
    shop = module("shop_elsewhere", "")
    shop.TicketStore = compose_node(contract(module="shop_elsewhere"))  # type: ignore[attr-defined]
    assert shop.TicketStore.__module__ == "shop_elsewhere"
    assert pickle.loads(pickle.dumps(shop.TicketStore)) is shop.TicketStore  # noqa: S301 - our own


def test_a_contract_may_be_put_together_from_files_below_a_root(tmp_path: Path) -> None:
    (tmp_path / "nodes").mkdir()
    (tmp_path / "common.yaml").write_text("health: {name: MixinHealthCheck, preset: default}")
    path = tmp_path / "nodes" / "store.yaml"
    path.write_text("node: {name: Store}\nmixins: [{$ref: '../common.yaml#/health'}]")
    assert MixinHealthCheck in compose_node(str(path), root=tmp_path).__mro__
    with pytest.raises(ModelOnexError, match=r"climbs out of the root"):
        compose_node(path)


def test_the_mapping_is_neither_changed_nor_shared() -> None:
    mapping = contract({"name": "MixinTransactions", "settings": {"auto_commit": True}})
    before = repr(mapping)
    composed: Any = compose_node(mapping)
    assert repr(mapping) == before
    assert composed.transaction_settings == ModelTransactionSubcontract(auto_commit=True)


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys, omnibase_core.nodes; print('yaml' in sys.modules, 'pydantic' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}

    async def output() -> bytes:
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=asyncio.subprocess.PIPE
        )
        return (await process.communicate())[0]

    assert asyncio.run(output()).split() == [b"False", b"False"]
