"""Where a node looks for its contract file."""

import inspect
import sys
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("constants")


def search(node: Any) -> Any:
    return node._find_contract_path()


def nothing(_node: Any) -> None:
    return None


class Caller:
    """Somebody who asks a node for its contract from a method."""

    def ask(self, node: Any) -> Any:
        return node._find_contract_path()


def build(maker: Any, cls: Any) -> Any:
    return cls(maker)


def test_beside_the_module_of_the_class(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """The ordinary case: one folder holds the node's module and its contract."""
    files.write("shop/contract.yaml", "name: shop")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    seen = pinned.observe(lambda: node_class(SimpleNamespace()).contract_model)
    pinned.check(seen)


def test_nowhere(subject: Any, pinned: Any, class_at: Any) -> None:
    """Odd but relied on: the error is wrapped in one of the same code before it leaves."""
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    seen = pinned.observe(lambda: node_class(SimpleNamespace()))
    seen["inner error"] = seen.error.__context__
    seen["python cause"] = seen.error.__cause__
    pinned.check(seen)


def test_contracts_may_have_another_name(
    subject: Any, pinned: Any, files: Any, class_at: Any, supply: Any
) -> None:
    """The constant is read at each search, so another name needs no new process."""
    supply("constants.contract_constants", CONTRACT_FILENAME="deed.yml")
    files.write("shop/deed.yml", "")
    files.write("store/contract.yaml", "")
    shop = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    store = class_at("store/node.py", subject.cls, _load_contract_model=search)
    found = pinned.observe(lambda: shop(SimpleNamespace()).contract_model)
    missed = pinned.observe(lambda: store(SimpleNamespace()))
    missed["inner error"] = missed.error.__context__
    pinned.check({"shop has a deed": found, "store has a contract": missed})


def test_a_folder_of_that_name_will_do(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Odd: the path must exist, but nobody asks whether it is a file."""
    (files / "shop/contract.yaml").mkdir(parents=True)
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    pinned.check(pinned.observe(lambda: node_class(SimpleNamespace()).contract_model))


def test_a_parent_class_hands_nothing_down(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Odd but relied on: only the folder of the object's own class counts, not its parents'."""
    files.write("shop/contract.yaml", "")
    parent = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    child = class_at("corner/node.py", parent)
    pinned.check(pinned.observe(lambda: child(SimpleNamespace())))


def test_a_caller_supplies_the_file(subject: Any, pinned: Any, files: Any, class_at: Any) -> None:
    """Odd but relied on: a factory with a contract of its own supplies it to what it builds."""
    files.write("factory/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    factory = class_at("factory/maker.py", build=build)()
    pinned.check(pinned.observe(lambda: factory.build(node_class).contract_model))


def test_the_nearest_caller_decides(subject: Any, pinned: Any, files: Any, class_at: Any) -> None:
    """The node comes before whoever built it, and the inner builder before the outer one."""
    for folder in ("outer", "inner", "shop"):
        files.write(f"{folder}/contract.yaml", "")
    shop = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    bare = class_at("bare/node.py", subject.cls, _load_contract_model=search)
    inner = class_at("inner/maker.py", build=build)()
    outer = class_at("outer/maker.py", build=lambda self, cls: self.inner.build(cls), inner=inner)
    seen = {
        "own file": pinned.observe(lambda: outer().build(shop).contract_model),
        "file of the inner builder": pinned.observe(lambda: outer().build(bare).contract_model),
    }
    pinned.check(seen)


def test_asked_from_a_function(subject: Any, pinned: Any, files: Any, class_at: Any) -> None:
    """Odd: the node itself is no caller, so without a `self` outside its own file is not found."""
    files.write("shop/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=nothing)
    node = node_class(SimpleNamespace())
    pinned.check(pinned.observe(node._find_contract_path))


def test_asked_from_a_method_elsewhere(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Odd: it is the asking object whose folder counts, not the node's."""
    files.write("shop/contract.yaml", "")
    files.write("office/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=nothing)
    clerk = class_at("office/clerk.py", Caller)()
    node = node_class(SimpleNamespace())
    pinned.check(pinned.observe(lambda: clerk.ask(node)))


class Unlucky:
    """An object that cannot even be asked for its module."""

    @property
    def __module__(self) -> str:  # type: ignore[override]
        raise RuntimeError("no module today")


def test_callers_without_a_folder_are_passed_over(
    subject: Any, pinned: Any, files: Any, class_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, modules without a file and unloaded modules come between; the search goes on."""
    monkeypatch.chdir(files.folder)
    files.write("contract.yaml", "")
    files.write("office/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=nothing)
    node = node_class(SimpleNamespace())
    fileless = class_at(None)()
    emptied = class_at("emptied/maker.py")
    sys.modules[emptied.__module__].__file__ = ""
    unloaded = type("Unloaded", (), {"__module__": "unloaded.for.good"})()
    office = class_at("office/clerk.py", ask=lambda self, other: self.clerk.ask(other, node))
    office.clerk = Caller
    seen = {
        name: pinned.observe(lambda other=other: office().ask(other))
        for name, other in {
            "a number": 5,
            "module without a file": fileless,
            "module with an empty file name": emptied(),
            "unloaded module": unloaded,
        }.items()
    }
    pinned.check(seen)


def test_a_search_that_breaks(subject: Any, pinned: Any, files: Any, class_at: Any) -> None:
    """Whatever goes wrong on the way is reported as a search error, with its text."""
    files.write("shop/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=nothing)
    node = node_class(SimpleNamespace())
    seen = pinned.observe(lambda: Caller.ask(Unlucky(), node))
    seen["inner error"] = seen.error.__context__
    seen["python cause"] = seen.error.__cause__
    pinned.check(seen)


def test_without_stack_frames(
    subject: Any, pinned: Any, files: Any, class_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some interpreters have no frames; then nothing is found, and nothing else breaks."""
    files.write("shop/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    monkeypatch.setattr(inspect, "currentframe", lambda: None)
    pinned.check(pinned.observe(lambda: node_class(SimpleNamespace())))
