"""Check that the steps of a plan fit each other, before anything is read but the plan."""

import sys
from collections.abc import Iterator
from itertools import product

from carve.errors import CarveError
from carve.plan.model import Plan
from carve.plan.places import first_of
from carve.plan.refs import ClassRef

__all__ = ["check_plan"]


def check_plan(plan: Plan) -> None:
    """Raise the first thing, in the order of the file, that contradicts another."""
    rules = (_ids, _repeated, _members, _targets, _cycles, _unproven)
    if problem := first_of(found for rule in rules for found in rule(plan)):
        raise problem


def _ids(plan: Plan) -> Iterator[CarveError]:
    seen: set[str] = set()
    for number, step in enumerate(plan.steps):
        if step.id in seen:
            yield CarveError(
                f"two steps have the id {step.id!r}",
                where=plan.places.of("steps", number, "id"),
                instead="give this one another id",
            )
        seen.add(step.id)


def _repeated(plan: Plan) -> Iterator[CarveError]:
    """Yield each entry that its own list has before."""
    yield from _twice(plan, "roots", plan.roots, ("roots",))
    for number, step in enumerate(plan.steps):
        for key in ("members", "calls", "helpers", "drops"):
            subject = f"step {step.id!r}: {key}"
            yield from _twice(plan, subject, getattr(step, key, ()), ("steps", number, key))


def _twice(
    plan: Plan, subject: str, entries: tuple[str, ...], path: tuple[str | int, ...]
) -> Iterator[CarveError]:
    for index, entry in enumerate(entries):
        if entry in entries[:index]:
            yield CarveError(
                f"{subject} has {entry!r} twice",
                where=plan.places.of(*path, index),
                instead="name it once",
            )


def _members(plan: Plan) -> Iterator[CarveError]:
    """Yield each member that an earlier step has already taken from the same class."""
    taken: dict[tuple[ClassRef, str], int] = {}
    for number, step in enumerate(plan.steps):
        for host, (index, member) in product(step.hosts, enumerate(getattr(step, "members", ()))):
            first = taken.setdefault((host, member), number)
            if first != number:
                yield CarveError(
                    f"step {step.id!r} takes {member!r} from {host}, "
                    f"but step {plan.steps[first].id!r} has taken it before",
                    where=plan.places.of("steps", number, "members", index),
                    instead="name it in one of the steps",
                )


def _targets(plan: Plan) -> Iterator[CarveError]:
    """Yield each class to make that is taken, is its own source or hides the standard library."""
    seen: dict[ClassRef, str] = {}
    for number, step in enumerate(plan.steps):
        if (made := step.made) is None:
            continue
        where = plan.places.of("steps", number, "to")
        if made in step.hosts:
            yield CarveError(
                f"step {step.id!r} would move members of {made} to where they are",
                where=where,
                instead="name another class after to:",
            )
        if made in seen:
            yield CarveError(
                f"step {step.id!r} would create {made}, but step {seen[made]!r} creates it before",
                where=where,
                instead="name another class, or put the members into one step",
            )
        seen.setdefault(made, step.id)
        if made.package in sys.stdlib_module_names:
            yield CarveError(
                f"step {step.id!r}: {made.module} would hide {made.package!r} "
                "of the standard library",
                where=where,
                instead="name a module of your own package",
            )


def _cycles(plan: Plan) -> Iterator[CarveError]:
    """Yield each cycle once, at the step that closes it."""
    origins: dict[ClassRef, tuple[ClassRef, ...]] = {}
    for number, step in enumerate(plan.steps):
        made = step.made
        if made is None or made in step.hosts or made in origins:
            continue
        origins[made] = step.hosts
        chain = _way(made, step.hosts, origins)
        if chain:
            names = " -> ".join(str(ref) for ref in (*chain, made))
            yield CarveError(
                f"step {step.id!r} closes a cycle: {names}",
                where=plan.places.of("steps", number, "to"),
                instead="let members move in one direction only",
            )


def _unproven(plan: Plan) -> Iterator[CarveError]:
    """Yield each deletion that is to go unproven although there are pins to prove it."""
    for number, step in enumerate(plan.steps):
        if plan.verify.pins is not None and getattr(step, "unproven", None) is not None:
            yield CarveError(
                f"step {step.id!r} is to go unproven, but the plan has pins",
                where=plan.places.of("steps", number, "unproven"),
                instead="leave out unproven:, and let the pins prove it",
            )


def _way(
    made: ClassRef, hosts: tuple[ClassRef, ...], origins: dict[ClassRef, tuple[ClassRef, ...]]
) -> tuple[ClassRef, ...]:
    """Return the classes through which members of `made` come back to it, oldest first."""
    ways: list[tuple[ClassRef, ...]] = [(host,) for host in hosts]
    seen: set[ClassRef] = set()
    while ways:
        way = ways.pop()
        if way[0] == made:
            return way
        if way[0] not in seen:
            seen.add(way[0])
            ways += [(origin, *way) for origin in origins.get(way[0], ())]
    return ()
