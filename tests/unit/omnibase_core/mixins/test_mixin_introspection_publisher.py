"""A node says what it is, whatever of it can be found out."""

import enum
from types import SimpleNamespace
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus
from omnibase_core.mixins.mixin_introspection_publisher import MixinIntrospectionPublisher
from omnibase_core.mixins.mixin_node_introspection_data import MixinNodeIntrospectionData
from omnibase_core.models.core.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.core.model_namespace import ModelNamespace
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.primitives.model_semver import ModelSemVer


class Node(MixinIntrospectionPublisher):
    """Named like the nodes whose class is all that is known of them."""

    def __init__(self, bus: Any = None, metadata: Any = None, **more: Any) -> None:
        super().__init__()
        self._node_id: UUID | str = uuid4()
        self.event_bus = bus
        self.metadata_loader = SimpleNamespace(metadata=metadata)
        vars(self).update(more)


class NodeCliManager(Node):
    pass


class ToolRegistryGenerator(Node):
    pass


class Stubborn:
    """A bus that refuses a number of times."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.attempts = 0
        self.taken: list[Any] = []

    def publish(self, envelope: Any) -> None:
        self.attempts += 1
        if self.attempts <= self.refusals:
            raise ConnectionError(f"refused {self.attempts}")
        self.taken.append(envelope)


def taken_from(bus: InMemoryEventBus) -> list[Any]:
    taken: list[Any] = []
    bus.subscribe(taken.append)
    return taken


def test_the_event_reaches_the_bus_with_all_facts() -> None:
    bus = InMemoryEventBus()
    taken = taken_from(bus)
    told = SimpleNamespace(name="clock", version="1.2.3", author="Ann", description="Tells time")
    node = NodeCliManager(bus, told, health_check=lambda: None, supports_mcp=True)
    node._publish_introspection_event()
    (envelope,) = taken
    assert isinstance(envelope, ModelEventEnvelope)
    assert envelope.source_node_id == node._node_id
    event = envelope.payload
    dump = event.model_dump()
    assert event.event_type == "node_introspection_event"
    assert envelope.correlation_id == event.correlation_id is not None
    assert (dump["node_name"], dump["version"]) == (
        "clock",
        {"major": 1, "minor": 2, "patch": 3},
    )
    assert dump["capabilities"]["actions"] == ["health_check"]
    assert dump["capabilities"]["protocols"] == ["event_bus", "mcp"]
    assert dump["capabilities"]["metadata"] == {"description": "Tells time", "author": "Ann"}
    assert sorted(dump["tags"]) == ["cli", "event_driven", "manager", "mcp", "node"]
    assert dump["health_endpoint"] == f"/health/{node._node_id}"


def test_each_event_has_its_own_correlation_id() -> None:
    bus = InMemoryEventBus()
    taken = taken_from(bus)
    node = Node(bus)
    node._publish_introspection_event()
    node._publish_introspection_event()
    assert len({each.correlation_id for each in taken}) == 2


def test_without_a_bus_nothing_happens() -> None:
    node = Node()
    node._publish_introspection_event()
    node._publish_with_retry(SimpleNamespace(correlation_id=uuid4()))


def test_a_host_without_the_attribute_has_no_bus() -> None:
    class Bare(MixinIntrospectionPublisher):
        pass

    Bare()._publish_introspection_event()


def test_an_id_that_spells_a_uuid_is_enough(caplog: pytest.LogCaptureFixture) -> None:
    bus = InMemoryEventBus()
    taken = taken_from(bus)
    own = uuid4()
    Node(bus, _node_id=str(own))._publish_introspection_event()
    assert taken[0].source_node_id == own
    assert not caplog.records


def test_any_other_text_serves_for_gathering_but_not_for_publishing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus = InMemoryEventBus()
    taken = taken_from(bus)
    node = Node(bus, _node_id="clock-1", health_check=lambda: None)
    assert node._gather_introspection_data().health_endpoint == "/health/clock-1"
    with pytest.raises(ValidationError, match="source_node_id"):
        node._publish_introspection_event()
    assert taken == []
    assert "Cannot publish the introspection event" in caplog.text


def test_an_error_of_the_bus_is_logged_and_raised(caplog: pytest.LogCaptureFixture) -> None:
    bus = Stubborn(99)
    with pytest.raises(ConnectionError, match="refused 3"):
        Node(bus)._publish_introspection_event()
    assert "Cannot publish the introspection event" in caplog.text


def test_gathering_gives_the_data_model() -> None:
    data = Node(metadata=SimpleNamespace(name="clock"))._gather_introspection_data()
    assert isinstance(data, MixinNodeIntrospectionData)
    assert data.node_name == "clock"
    assert data.health_endpoint is None


def test_if_gathering_fails_the_facts_known_in_any_case_remain() -> None:
    class NodeThatFails(Node):
        def _extract_node_capabilities(self) -> ModelNodeCapabilities:
            raise RuntimeError("not now")

    data = NodeThatFails(health_check=lambda: None)._gather_introspection_data()
    assert data.model_dump() == {
        "node_name": "nodethatfails",
        "version": {"major": 1, "minor": 0, "patch": 0},
        "capabilities": {
            "actions": ["health_check"],
            "protocols": ["event_bus"],
            "metadata": {"description": "Event-driven ONEX node", "author": "ONEX"},
        },
        "tags": ["event_driven"],
        "health_endpoint": None,
    }


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ({"name": "clock", "namespace": "a.b.node_watch"}, "clock"),
        ({"namespace": "a.b.node_watch"}, "node_watch"),
        ({"namespace": ModelNamespace(value="python://a.b.node_watch")}, "node_watch"),
        ({"name": None, "namespace": "a.node_watch"}, "node_cli_manager"),
        ({"namespace": "a.b.watch"}, "node_cli_manager"),
        ({}, "node_cli_manager"),
        (None, "node_cli_manager"),
    ],
)
def test_the_name_is_in_the_metadata_or_the_namespace_or_the_class(
    metadata: dict[str, Any] | None, name: str
) -> None:
    loaded = None if metadata is None else SimpleNamespace(**metadata)
    assert NodeCliManager(metadata=loaded)._extract_node_name() == name


def test_a_class_that_is_not_called_node_is_only_lowered() -> None:
    assert ToolRegistryGenerator()._extract_node_name() == "toolregistrygenerator"


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.10.3", (2, 10, 3)),
        (ModelSemVer(major=4, minor=5, patch=6), (4, 5, 6)),
        ("2.1", (1, 0, 0)),
        ("two.one.0", (1, 0, 0)),
        ("", (1, 0, 0)),
        (None, (1, 0, 0)),
    ],
)
def test_the_version_has_three_numbers_or_is_the_first(
    version: object, expected: tuple[int, int, int]
) -> None:
    found = Node(metadata=SimpleNamespace(version=version))._extract_node_version()
    assert (found.major, found.minor, found.patch) == expected


def test_metadata_overrides_what_is_said_by_default() -> None:
    told = SimpleNamespace(description="d", author="a", copyright="c")
    able = Node(metadata=told)._extract_node_capabilities()
    assert able.metadata == {"description": "d", "author": "a", "copyright": "c"}
    default = Node()._extract_node_capabilities().metadata
    assert default == {"description": "Event-driven ONEX node", "author": "ONEX"}


class Broken:
    @property
    def metadata(self) -> Any:
        raise OSError("no such file")


class BrokenBlock:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


class LoaderOfBrokenBlock:
    metadata = BrokenBlock()


@pytest.mark.parametrize("loader", [Broken, LoaderOfBrokenBlock])
def test_metadata_that_cannot_be_read_is_no_error(loader: type) -> None:
    node = Node(metadata_loader=loader())
    assert node._extract_node_name() == "node"
    assert node._extract_node_version() == ModelSemVer(major=1, minor=0, patch=0)
    assert node._extract_node_capabilities().metadata["author"] == "ONEX"


class Turn(enum.Enum):
    LEFT = "l"
    RIGHT = "r"


def test_an_enum_of_actions_names_them() -> None:
    class State:
        action: Turn

    actions = Node(state_class=State, action_ignored=print)._extract_node_actions()
    assert actions == ["LEFT", "RIGHT", "health_check"]


def test_a_type_with_arguments_lists_the_actions() -> None:
    class State:
        action: Literal["start", "health_check"]

    assert Node(state_class=State)._extract_node_actions() == ["start", "health_check"]


def test_an_annotation_with_neither_leaves_it_to_the_methods() -> None:
    class State:
        action: str

    assert Node(state_class=State, process=print)._extract_node_actions() == [
        "process",
        "health_check",
    ]


def test_an_annotation_that_cannot_be_resolved_leaves_it_to_the_methods() -> None:
    class State:
        action: "Missing"  # type: ignore[name-defined]  # noqa: F821 - that is the case

    assert Node(state_class=State)._extract_node_actions() == ["health_check"]


def test_a_parameter_called_action_counts_as_well() -> None:
    def turn(action: "Turn") -> None:
        """Only the annotation matters."""

    assert "LEFT" in Node(turn=turn)._extract_node_actions()


def test_methods_give_actions_without_their_affixes() -> None:
    class NodeAble(Node):
        action_name = "no method"

        def action_start(self) -> None: ...
        def stop_action(self) -> None: ...
        def action_inter_action_on(self) -> None: ...
        def validate(self) -> None: ...
        def configure(self) -> None: ...
        def other(self) -> None: ...

    assert sorted(NodeAble()._extract_node_actions()) == [
        "configure",
        "health_check",
        "inter_on",
        "start",
        "stop",
        "validate",
    ]


def test_a_property_that_fails_hides_no_action() -> None:
    class NodeWithProperty(Node):
        @property
        def action_broken(self) -> Any:
            raise RuntimeError("too early")

        def process(self) -> None: ...

    assert NodeWithProperty()._extract_node_actions() == ["process", "health_check"]


def test_health_can_always_be_asked_for() -> None:
    assert Node()._extract_node_actions() == ["health_check"]


@pytest.mark.parametrize("name", ["mcp", "graphql", "http"])
@pytest.mark.parametrize("form", ["{}_server", "supports_{}"])
def test_a_protocol_needs_a_server_or_a_switch(name: str, form: str) -> None:
    node = Node(**{form.format(name): False})
    assert node._detect_supported_protocols() == ["event_bus", name]


def test_the_bus_is_always_spoken() -> None:
    assert Node()._detect_supported_protocols() == ["event_bus"]


def test_tags_come_from_the_class_and_from_switches_that_are_on() -> None:
    node = ToolRegistryGenerator(supports_mcp=True, supports_graphql=False)
    tags = node._generate_discovery_tags()
    assert sorted(tags) == ["event_driven", "generator", "mcp", "registry"]


def test_the_endpoint_needs_a_health_check() -> None:
    assert Node()._detect_health_endpoint() is None
    assert Node(_node_id="n", health_check=1)._detect_health_endpoint() == "/health/n"


@pytest.mark.parametrize(("refusals", "attempts"), [(0, 1), (1, 2), (2, 3)])
def test_publishing_is_tried_until_it_succeeds(refusals: int, attempts: int) -> None:
    bus = Stubborn(refusals)
    Node(bus)._publish_with_retry(Node()._introspection_event())
    assert (bus.attempts, len(bus.taken)) == (attempts, 1)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_the_last_failure_is_logged_and_raised(
    most: int, caplog: pytest.LogCaptureFixture
) -> None:
    bus = Stubborn(99)
    with pytest.raises(ConnectionError, match=f"refused {most}"):
        Node(bus)._publish_with_retry(Node()._introspection_event(), max_retries=most)
    assert bus.attempts == most
    assert len(caplog.records) == 1


def test_anything_with_a_correlation_id_can_be_published() -> None:
    bus = InMemoryEventBus()
    taken = taken_from(bus)
    thing = SimpleNamespace(correlation_id=uuid4())
    Node(bus)._publish_with_retry(thing)
    assert taken[0].payload is thing
    assert taken[0].correlation_id == thing.correlation_id


def test_a_bus_that_must_be_awaited_is() -> None:
    taken: list[Any] = []

    class Awaited:
        async def publish(self, envelope: Any) -> None:
            taken.append(envelope)

    Node(Awaited())._publish_introspection_event()
    assert len(taken) == 1


def test_arguments_are_passed_on() -> None:
    class Base:
        def __init__(self, given: int, *, named: int) -> None:
            self.got = (given, named)

    class Host(MixinIntrospectionPublisher, Base):
        pass

    assert Host(1, named=2).got == (1, 2)
