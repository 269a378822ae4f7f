"""Every gate there is can be asked by its name."""

import importlib
import pkgutil

import omnibase_core.gates
from omnibase_core.gates.catalogue import GATES, NOTES


def test_every_module_with_a_find_is_listed_under_its_own_name() -> None:
    found = {}
    for each in pkgutil.iter_modules(omnibase_core.gates.__path__):
        module = importlib.import_module(f"omnibase_core.gates.{each.name}")
        if hasattr(module, "find"):
            found[each.name.replace("_", "-")] = module.find
    assert found == GATES
    assert set(NOTES) <= set(GATES)


def test_a_gate_says_in_its_first_line_what_it_promises() -> None:
    for find in GATES.values():
        promise = (importlib.import_module(find.__module__).__doc__ or "").splitlines()[0]
        assert promise.endswith((".", ","))
