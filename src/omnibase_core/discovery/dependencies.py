"""Resolves what a mixin requires, and what those require, into one list in order of need."""

from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["CircularRequirement", "missing_requirements", "resolve_requirements"]

_Requires = Callable[[str], Sequence[str] | None]


class CircularRequirement(Exception):  # noqa: N818 - says what it is; callers turn it into a code
    """A mixin requires itself, be it by way of others."""

    def __init__(self, circle: Sequence[str]) -> None:
        """Take the mixins on the way, the first of them once more at the end."""
        super().__init__(" -> ".join(circle))
        self.circle = tuple(circle)


class _Walk:
    """A way down the requirements, without recursion, and what has been found on it."""

    def __init__(self, requires: _Requires) -> None:
        self.requires = requires
        self.found: dict[str, None] = {}
        self.way: dict[str, Iterator[str]] = {}

    def enter(self, name: str, required: Sequence[str]) -> None:
        """Look into what `name` requires before going on, unless that leads in a circle."""
        if name in self.way:
            names = list(self.way)
            raise CircularRequirement([*names[names.index(name) :], name])
        self.way[name] = iter(required)

    def step(self) -> None:
        """Take the next requirement of the innermost mixin, or leave that mixin."""
        name = next(reversed(self.way))
        item = next(self.way[name], None)
        if item is None:
            del self.way[name]
            if self.way:
                self.found[name] = None
        elif item not in self.found:
            required = self.requires(item)
            if required is None:
                self.found[item] = None
            else:
                self.enter(item, required)


def resolve_requirements(name: str, requires: _Requires) -> list[str]:
    """Return all that `name` needs, each item after what it needs itself, without duplicates.

    `requires` tells what a mixin requires, and None of an item that is no mixin.
    """
    walk = _Walk(requires)
    walk.enter(name, requires(name) or ())
    while walk.way:
        walk.step()
    return list(walk.found)


def missing_requirements(
    names: Sequence[str], requires: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield each mixin that a composition lacks, and which mixin requires it.

    `requires` maps each mixin that there is to the names that it requires.
    """
    seen = set(names)
    open_ends = list(names)
    for name in open_ends:
        for item in requires.get(name, ()):
            if item in requires and item not in seen:
                seen.add(item)
                open_ends.append(item)
                yield item, name
