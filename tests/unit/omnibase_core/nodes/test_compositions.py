"""The four nodes are bases and nothing else, and a contract makes the same of them."""

import ast
import inspect
from pathlib import Path

import pytest

from omnibase_core.discovery import MixinDiscovery
from omnibase_core.discovery.class_check import check_composition
from omnibase_core.discovery.class_composition import Composition
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.nodes.compose import compose_node
from omnibase_core.nodes.compute_node import ComputeNode
from omnibase_core.nodes.effect_node import EffectNode
from omnibase_core.nodes.orchestrator_node import OrchestratorNode
from omnibase_core.nodes.reducer_node import ReducerNode

NODES = (EffectNode, ComputeNode, ReducerNode, OrchestratorNode)
OF_PYTHON = {
    "__abstractmethods__",
    "__doc__",
    "__firstlineno__",
    "__module__",
    "__parameters__",
    "__static_attributes__",
    "_abc_impl",
}
REGISTRY = MixinDiscovery()
every_node = pytest.mark.parametrize("node", NODES)


def source(node: type) -> str:
    return Path(inspect.getfile(node)).read_text(encoding="utf-8")


@every_node
def test_the_class_has_no_members_of_its_own(node: type) -> None:
    assert set(vars(node)) <= OF_PYTHON
    assert node.__doc__


@every_node
def test_its_body_is_a_docstring(node: type) -> None:
    (made,) = [each for each in ast.parse(source(node)).body if isinstance(each, ast.ClassDef)]
    (only,) = made.body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    assert not made.decorator_list
    assert not made.keywords


@every_node
def test_its_module_imports_the_bases_and_nothing_else(node: type) -> None:
    _, *imports, _ = ast.parse(source(node)).body
    names = [name.name for each in imports for name in getattr(each, "names", ())]
    assert sorted(names) == sorted(base.__name__ for base in node.__bases__)


@every_node
def test_it_fits_on_a_screen(node: type) -> None:
    assert len(inspect.getsource(node).splitlines()) < 40


@every_node
def test_it_is_asked_for_members_in_the_order_of_its_bases(node: type) -> None:
    *mixins, base = node.__bases__
    assert base is NodeCoreBase
    assert node.__mro__[: len(mixins) + 2] == (node, *mixins, NodeCoreBase)


@every_node
def test_its_bases_are_registered(node: type) -> None:
    listed = Composition.of_class(node, REGISTRY).listed
    assert list(listed) == [base.__name__ for base in node.__bases__[:-1]]


@every_node
def test_nothing_speaks_against_it(node: type) -> None:
    found = check_composition(Composition.of_class(node, REGISTRY), REGISTRY)
    assert [each.message for each in found if each.severity == "conflict"] == []


@every_node
def test_a_contract_makes_the_same(node: type) -> None:
    mixins = [base.__name__ for base in node.__bases__[:-1]]
    contract = {"node": {"name": node.__name__, "description": node.__doc__}, "mixins": mixins}
    made = compose_node(contract)
    assert made.__bases__ == node.__bases__
    assert made.__mro__[1:] == node.__mro__[1:]
    assert inspect.getdoc(made) == inspect.getdoc(node)
    assert not inspect.isabstract(made)


@every_node
def test_a_contract_without_what_loads_it_is_refused(node: type) -> None:
    mixins = [base.__name__ for base in node.__bases__[:-1]]
    mixins.remove("MixinContractLoader")
    with pytest.raises(ModelOnexError, match="requires MixinContractLoader"):
        compose_node({"node": {"name": "Lost"}, "mixins": mixins})
