"""Where a node looks for its contract file: scenarios that several roles have alike.

A role that imports them with a star has them all, each with a pin of its own; those without
`test_` in front do not hold for every role, so a role has to name them. It says in a fixture
`build` how its makers build nodes: so that the search sees them, or not.
"""

import inspect
import sys
from types import SimpleNamespace
from typing import Any

import pytest

__all__ = [
    "test_a_caller_supplies_the_file",
    "test_a_folder_of_that_name_will_do",
    "test_a_parent_class_hands_nothing_down",
    "test_a_search_that_breaks",
    "test_asked_from_a_function",
    "test_asked_from_a_method_elsewhere",
    "test_beside_the_module_of_the_class",
    "test_nowhere",
    "test_the_nearest_caller_decides",
    "test_without_stack_frames",
]


def search(node: Any) -> Any:
    return node._find_contract_path()


def nothing(_node: Any) -> None:
    return None


class Caller:
    """Somebody who asks a node for its contract from a method."""

    def ask(self, node: Any) -> Any:
        return node._find_contract_path()


def build_as_self(self: Any, cls: Any) -> Any:
    """Build a node as a maker that the search sees: it knows callers by a local named `self`."""
    return cls(self)


def build_unseen(maker: Any, cls: Any) -> Any:
    """Build a node as a maker that the search does not see, having no local named `self`."""
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


def shop_and_store(subject: Any, files: Any, class_at: Any, supply: Any) -> tuple[Any, Any]:
    """Return a node class beside `deed.yml`, the name in the constant, and one with the usual."""
    supply("constants.contract_constants", CONTRACT_FILENAME="deed.yml")
    files.write("shop/deed.yml", "")
    files.write("store/contract.yaml", "")
    return (
        class_at("shop/node.py", subject.cls, _load_contract_model=search),
        class_at("store/node.py", subject.cls, _load_contract_model=search),
    )


def contracts_may_have_another_name(
    subject: Any, pinned: Any, files: Any, class_at: Any, supply: Any
) -> None:
    """The constant is read at each search, so another name needs no new process."""
    shop, store = shop_and_store(subject, files, class_at, supply)
    found = pinned.observe(lambda: shop(SimpleNamespace()).contract_model)
    missed = pinned.observe(lambda: store(SimpleNamespace()))
    missed["inner error"] = missed.error.__context__
    pinned.check({"shop has a deed": found, "store has a contract": missed})


def the_search_fails_before_it_begins(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Odd but relied on: the error is raised raw, unlike every other one of the search."""
    files.write("shop/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    pinned.check(pinned.observe(lambda: node_class(SimpleNamespace())))


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


def test_a_caller_supplies_the_file(
    subject: Any, pinned: Any, files: Any, class_at: Any, build: Any
) -> None:
    """Odd but relied on: a maker with a contract supplies it to what it builds, if it is seen."""
    files.write("factory/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=search)
    factory = class_at("factory/maker.py", build=build)()
    pinned.check(pinned.observe(lambda: factory.build(node_class).contract_model))


def test_the_nearest_caller_decides(
    subject: Any, pinned: Any, files: Any, class_at: Any, build: Any
) -> None:
    """The node comes before whoever built it, and the nearest builder that is seen counts."""
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


def passed_over(subject: Any, pinned: Any, files: Any, class_at: Any, **more: Any) -> Any:
    """Return what a clerk with a contract is told with callers without a folder in between."""
    files.write("office/contract.yaml", "")
    node_class = class_at("shop/node.py", subject.cls, _load_contract_model=nothing)
    node = node_class(SimpleNamespace())
    office = class_at("office/clerk.py", ask=lambda self, other: self.clerk.ask(other, node))
    office.clerk = Caller
    others = {
        "a number": 5,
        "module without a file": class_at(None)(),
        **more,
        "unloaded module": type("Unloaded", (), {"__module__": "unloaded.for.good"})(),
    }
    return {
        name: pinned.observe(lambda other=other: office().ask(other))
        for name, other in others.items()
    }


def callers_without_a_folder_are_passed_over(
    subject: Any, pinned: Any, files: Any, class_at: Any
) -> None:
    """Numbers, modules without a file and unloaded modules come between; the search goes on."""
    pinned.check(passed_over(subject, pinned, files, class_at))


def callers_with_an_empty_file_name_are_passed_over(
    subject: Any, pinned: Any, files: Any, class_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty file name is no folder either, so a contract that lies around is not taken."""
    monkeypatch.chdir(files.folder)
    files.write("contract.yaml", "")
    emptied = class_at("emptied/maker.py")
    sys.modules[emptied.__module__].__file__ = ""
    more = {"module with an empty file name": emptied()}
    pinned.check(passed_over(subject, pinned, files, class_at, **more))


class Unlucky:
    """An object that cannot even be asked for its module."""

    @property
    def __module__(self) -> str:  # type: ignore[override]
        raise RuntimeError("no module today")


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
