"""A class as a composition: its order, its mixins, its node base and what the registry knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from omnibase_core.discovery.linearisation import linearise
from omnibase_core.discovery.mixin_discovery import MixinDiscovery

__all__ = ["Composition"]

# Told by name, so that nothing has to be imported to recognise it.
_NODE_BASE = ("omnibase_core.infrastructure.node_core_base", "NodeCoreBase")
_FOREIGN = frozenset({"builtins", "typing", "abc", "typing_extensions"})


@dataclass(frozen=True, slots=True)
class Composition:
    """Mixins and a node base in the order in which they are asked for a member.

    Attributes:
        order: All classes, the host first.
        host: The class itself; None of a composition that nobody has written yet.
        mixins: The classes of `order` that are mixins.
        base: The node base.
        listed: The names of `mixins` that the registry has.
    """

    order: tuple[type, ...]
    host: type | None
    mixins: tuple[type, ...]
    base: type | None
    listed: tuple[str, ...]

    @classmethod
    def of_class(cls, host: type, discovery: MixinDiscovery) -> "Composition":
        """Return the composition that a class is."""
        return cls._made(host.__mro__, host, discovery)

    @classmethod
    def of_bases(cls, bases: Sequence[type], discovery: MixinDiscovery) -> "Composition":
        """Return the composition of a class with `bases`; ImpossibleOrder if it cannot be."""
        return cls._made(tuple(linearise(bases)), None, discovery)

    @classmethod
    def _made(
        cls, order: tuple[type, ...], host: type | None, discovery: MixinDiscovery
    ) -> "Composition":
        base = next((each for each in order if _is_node_base(each)), None)
        below = set(base.__mro__) if base else set()
        registered = {each: each.__name__ for each in order if _is_registered(each, discovery)}
        mixins = tuple(
            each
            for each in order
            if each is not host and each not in below and (each in registered or _named(each))
        )
        return cls(order, host, mixins, base, tuple(registered.values()))

    def own(self) -> tuple[type, ...]:
        """Return the classes whose code is worth reading: neither Python's nor pydantic's."""
        return tuple(
            each
            for each in self.order
            if each.__module__ not in _FOREIGN and not each.__module__.startswith("pydantic")
        )

    def after(self, cls: type) -> tuple[type, ...]:
        """Return the classes that `super()` in `cls` leads to."""
        return self.order[self.order.index(cls) + 1 :]


def _is_node_base(cls: type) -> bool:
    """Return whether a class is the base of all nodes."""
    return (cls.__module__, cls.__qualname__) == _NODE_BASE


def _is_registered(cls: type, discovery: MixinDiscovery) -> bool:
    """Return whether a class is what the registry means by its name."""
    module = cls.__module__.rpartition(".")[2]
    return cls.__name__ in discovery.names() and discovery.get_mixin_key(cls.__name__) == module


def _named(cls: type) -> bool:
    return cls.__name__.startswith("Mixin") or cls.__name__.endswith("Mixin")
