"""Tell where merged members differed, and what is no longer there after the merge."""

import ast
from dataclasses import dataclass

from carve.source.merge.comparison import Comparison, Pairing
from carve.source.merge.places import Place, shown

__all__ = ["Difference", "differences", "notes"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which the classes differ.

    Attributes:
        member: The member that it is in.
        line: The line in the first class's file.
        hosts: The classes.
        values: What each class has there.
        cover: The parameters or the hook that cover it; empty when nothing does.
    """

    member: str
    line: int
    hosts: tuple[str, ...]
    values: tuple[str, ...]
    cover: str = ""

    def __str__(self) -> str:
        """Return what the classes have there, side by side."""
        return " | ".join(self.values)


def differences(found: Comparison) -> tuple[Difference, ...]:
    """Return every difference, in the order of the members."""
    return tuple(
        Difference(
            pairing.member,
            place.line,
            tuple(host.name for host in found.hosts),
            tuple(shown(nodes) for nodes in place.nodes),
            _cover(pairing, place),
        )
        for pairing in found.pairings
        for place in pairing.places
    )


def notes(found: Comparison) -> list[str]:
    """Return what the merge changes besides the code: annotations, docstrings and comments."""
    told = [
        f"annotations in {', '.join(members)} become {parameter.annotation.name}"
        for parameter in found.parameters
        if parameter.annotation and (members := _members(found, parameter.name))
    ]
    told += _optional(found)
    first = found.hosts[0]
    for number, host in enumerate(found.hosts[1:], 1):
        lost = [
            member
            for member in dict.fromkeys(pairing.member for pairing in found.pairings)
            if _prose(found, member, number) != _prose(found, member, 0)
        ]
        if lost:
            told.append(
                f"docstrings or comments of {host.name} differ in {', '.join(lost)}; those of "
                f"{first.name} are kept"
            )
    return told


def _optional(found: Comparison) -> list[str]:
    """Return a remark for each parameter that is no longer required, or new for some class."""
    told = []
    for place in (each for each in found.places if each.kind == "default"):
        rows = zip(found.hosts, place.nodes, strict=True)
        without = [host.name for host, nodes in rows if not nodes]
        told.append(
            f"{place.member} of {', '.join(without)} can be given {place.cover[0]!r} as well, and "
            f"all of the classes can be called without it ({place.parts[0]})"
        )
    return told


def _cover(pairing: Pairing, place: Place) -> str:
    hook = pairing.hook_at(place)
    return hook.name if hook is not None else ", ".join(place.cover)


def _members(found: Comparison, name: str) -> list[str]:
    known = [p for p in found.places if p.kind == "annotation" and name in p.cover]
    return list(dict.fromkeys(place.member for place in known))


def _prose(found: Comparison, member: str, number: int) -> list[str]:
    """Return the comments and the docstrings of a member, without their indentation."""
    host = found.hosts[number]
    pairings = [pairing for pairing in found.pairings if pairing.member == member]
    texts = [ast.get_docstring(pairing.functions[number]) or "" for pairing in pairings]
    source = host.module.source
    for region in host.members[member].regions:
        texts += [
            source.lines[line - 1].strip()
            for line in range(region.start, region.end + 1)
            if line in source.comments
        ]
    return texts
