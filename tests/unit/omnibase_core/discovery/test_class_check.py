"""What goes wrong between classes that are each right."""

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from omnibase_core.discovery import MixinDiscovery
from omnibase_core.discovery.class_check import check_composition
from omnibase_core.discovery.class_composition import Composition
from omnibase_core.infrastructure.node_core_base import NodeCoreBase

HERE = __name__.rpartition(".")[2]


class Node(NodeCoreBase):
    async def process(self, input_data: Any) -> Any:
        return input_data


class MixinHello:
    def greet(self) -> str:
        return "hello"

    def _words(self) -> int:
        return 1


class MixinBye:
    greet_count = 0

    def greet(self) -> str:
        return "bye"

    def _words(self) -> int:
        return 2


class MixinPolite(MixinHello):
    def greet(self) -> str:
        return "dear"


class MixinChained:
    def greet(self) -> str:
        return f"chained {super().greet()}"  # type: ignore[misc]


class MixinReadOnly:
    @property
    def node_id(self) -> str:  # the base of all nodes assigns it
        return "fixed"

    @property
    def free(self) -> str:
        return "free"

    @free.setter
    def free(self, value: str) -> None: ...


class MixinSilentStart:
    def __init__(self) -> None:
        self.started = True


class MixinDeaf:
    def __init__(self) -> None:
        super().__init__()


class MixinKeywords:
    def __init__(self, size: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.started = size


class MixinOpen:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class MixinSame:
    greet_count = 0


@lru_cache
def discovery_at(folder: Path) -> MixinDiscovery:
    def entry(name: str, **more: Any) -> dict[str, Any]:
        version = {"major": 1, "minor": 0, "patch": 0}
        return {"name": name, "description": "d", "category": "c", "version": version, **more}

    raw = {
        # The key is the module, as in the package.
        HERE: entry("MixinHello", incompatible_with=["MixinRemote"], requires=["MixinRemote"]),
        "mixin_remote": entry("MixinRemote"),
        "infrastructure": {"mixin_frame": {"name": "MixinFrame", "kind": "k", "reason": "r"}},
    }
    (folder / "mixin_metadata.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    return MixinDiscovery(folder)


Check = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    (tmp_path / "mixin_metadata.yaml").write_text("{}", encoding="utf-8")
    discovery = MixinDiscovery(tmp_path)

    def checked(*bases: type, **members: Any) -> list[tuple[str, str, str]]:
        host = type("Host", bases, members)
        found = check_composition(Composition.of_class(host, discovery), discovery)
        return [(each.severity, each.kind, each.message) for each in found]

    return checked


def test_unrelated_names_are_fine(check: Check) -> None:
    assert check(MixinHello, MixinOpen, MixinReadOnly) == []


def test_names_in_two_mixins_clash_and_the_first_wins(check: Check) -> None:
    assert check(MixinHello, MixinBye) == [
        (
            "conflict",
            "name-conflict",
            "_words is defined by MixinHello and MixinBye; MixinHello wins",
        ),
        (
            "conflict",
            "name-conflict",
            "greet is defined by MixinHello and MixinBye; MixinHello wins",
        ),
    ]


def test_a_host_that_defines_the_name_has_decided(check: Check) -> None:
    assert check(MixinHello, MixinBye, greet=1, _words=2) == []


def test_an_override_of_an_inherited_member_is_meant(check: Check) -> None:
    assert check(MixinPolite, MixinHello) == []


def test_what_an_override_does_not_know_of_clashes(check: Check) -> None:
    messages = [message for _, _, message in check(MixinPolite, MixinBye)]
    assert "greet is defined by MixinPolite and MixinBye; MixinPolite wins" in messages


def test_a_mixin_may_fill_in_what_it_requires(tmp_path: Path) -> None:
    discovery = discovery_at(tmp_path)
    remote = type("MixinRemote", (), {"greet": lambda _: "far away"})
    composition = Composition.of_class(type("Host", (MixinHello, remote), {}), discovery)
    kinds = [each.kind for each in check_composition(composition, discovery)]
    assert "name-conflict" not in kinds
    turned = Composition.of_class(type("Host", (remote, MixinHello), {}), discovery)
    assert "name-conflict" in [each.kind for each in check_composition(turned, discovery)]


def test_a_mixin_may_fill_in_what_its_module_imports(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = type("MixinFrame", (), {"__module__": "frame", "part": lambda _: 1})
    other = type("MixinFrame", (), {"__module__": "frame", "part": lambda _: 2})
    filled = type("MixinFilled", (), {"__module__": "filled", "part": lambda _: 3})
    module = ModuleType("filled")
    monkeypatch.setitem(sys.modules, "filled", module)
    assert [kind for _, kind, _ in check(filled, frame)] == ["name-conflict"]
    monkeypatch.setattr(module, "MixinFrame", frame, raising=False)
    assert check(filled, frame) == []
    assert [kind for _, kind, _ in check(filled, other)] == ["name-conflict"]


def test_members_that_call_each_other_in_turn_do_not_clash(check: Check) -> None:
    assert check(MixinChained, MixinHello) == []
    assert [kind for _, kind, _ in check(MixinHello, MixinChained)] == ["name-conflict"]


def test_equal_constants_do_not_clash(check: Check) -> None:
    assert check(MixinSame, MixinBye) == []


def test_attributes_that_two_mixins_assign_are_worth_a_note(check: Check) -> None:
    assert check(MixinKeywords, MixinSilentStart)[-1] == (
        "note",
        "shared-attribute",
        "self.started is assigned by MixinKeywords and MixinSilentStart",
    )


def test_a_property_that_the_base_assigns(check: Check) -> None:
    assert check(MixinReadOnly, Node) == [
        (
            "conflict",
            "property-assigned",
            "NodeCoreBase assigns self.node_id, a property without setter of MixinReadOnly",
        )
    ]


def test_a_property_that_is_overridden_does_no_harm(check: Check) -> None:
    assert check(MixinReadOnly, Node, node_id=None) == []


def test_the_place_of_an_assignment_is_told(tmp_path: Path) -> None:
    class Host(MixinReadOnly):
        def rename(self) -> None:
            self.node_id = "x"  # type: ignore[misc]

    (tmp_path / "mixin_metadata.yaml").write_text("{}", encoding="utf-8")
    discovery = MixinDiscovery(tmp_path)
    [finding] = check_composition(Composition.of_class(Host, discovery), discovery)
    file, _, line = str(finding.where).rpartition(":")
    assert Path(file) == Path(__file__)
    assert "self.node_id =" in Path(file).read_text("utf-8").splitlines()[int(line) - 1]


def test_a_constructor_that_ends_the_chain(check: Check) -> None:
    assert check(MixinSilentStart, Node) == [
        (
            "conflict",
            "constructor",
            (
                "MixinSilentStart.__init__ does not call super().__init__(), "
                "which is needed to reach NodeCoreBase.__init__"
            ),
        )
    ]
    assert check(MixinSilentStart) == []


def test_a_constructor_that_hands_nothing_on(check: Check) -> None:
    assert check(MixinDeaf, Node) == [
        (
            "conflict",
            "constructor",
            "MixinDeaf.__init__ hands nothing on, and NodeCoreBase.__init__ needs 'container'",
        )
    ]


def test_a_constructor_that_hands_on_keywords(check: Check) -> None:
    assert check(MixinKeywords, Node) == [
        (
            "note",
            "constructor",
            (
                "MixinKeywords.__init__ hands on keywords only: "
                "give NodeCoreBase its 'container' by keyword"
            ),
        )
    ]
    assert check(MixinOpen, Node) == []


def test_a_host_may_call_constructors_by_hand(tmp_path: Path) -> None:
    class Host(MixinSilentStart, Node):
        def __init__(self, container: Any) -> None:
            MixinSilentStart.__init__(self)
            NodeCoreBase.__init__(self, container)

    (tmp_path / "mixin_metadata.yaml").write_text("{}", encoding="utf-8")
    discovery = MixinDiscovery(tmp_path)
    assert check_composition(Composition.of_class(Host, discovery), discovery) == []


def test_a_mixin_after_the_base(check: Check) -> None:
    assert check(Node, MixinHello) == [
        (
            "conflict",
            "after-node-base",
            "MixinHello comes after NodeCoreBase, which hides its members",
        )
    ]


def test_the_registry_has_its_say(tmp_path: Path) -> None:
    discovery = discovery_at(tmp_path)
    host = type("Host", (MixinHello,), {})
    composition = Composition.of_class(host, discovery)
    assert composition.listed == ("MixinHello",)
    found = check_composition(composition, discovery, ["MixinFrame"])
    assert [(each.kind, each.message) for each in found] == [
        ("missing-requirement", "MixinHello requires MixinRemote"),
        ("infrastructure", "MixinFrame is infrastructure (k): r"),
    ]
    found = check_composition(composition, discovery, ["MixinRemote"])
    assert [each.message for each in found] == [
        "MixinRemote and MixinHello do not go together (declared by MixinHello)"
    ]


def test_a_requirement_that_a_mixin_makes_use_of_itself_need_not_be_inherited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    discovery = discovery_at(tmp_path)
    monkeypatch.setitem(globals(), "MixinRemote", object)
    host = type("Host", (MixinHello,), {})
    assert check_composition(Composition.of_class(host, discovery), discovery) == []


def test_classes_without_a_source_are_judged_by_what_they_have(check: Check) -> None:
    names: dict[str, Any] = {}
    exec("class MixinTyped:\n def __init__(self): pass\n def greet(self): pass", names)  # noqa: S102 - what has no file
    assert [kind for _, kind, _ in check(names["MixinTyped"], MixinHello, Node)] == [
        "name-conflict"
    ]
