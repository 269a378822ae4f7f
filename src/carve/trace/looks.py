"""Compare what introspection shows of the class before and after.

A moved member is called after its mixin, and the mixin stands in the MRO: that is observable and
part of every extraction, so it is told apart from the differences.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from carve.trace.model import Difference
from carve.trace.shown import value_text

__all__ = ["compare_looks"]

_Looks = Mapping[str, Any]
_EXPECTED = ("owner", "qualified name", "module")


def compare_looks(before: _Looks, after: _Looks) -> tuple[list[Difference], list[str]]:
    """Return the differences, and what was expected."""
    differences = [*_members(before, after), *_class(before["class"], after["class"])]
    return differences, [*_moved(before, after), *_new_bases(before, after)]


def _members(before: _Looks, after: _Looks) -> Iterator[Difference]:
    old, new = before["members"], after["members"]
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            yield _difference(f"the member {name} is gone", name, "")
        elif name not in old:
            yield _difference(f"there is a new member {name}", "", name)
        else:
            yield from _facts(name, old[name], new[name])


def _facts(name: str, old: _Looks, new: _Looks) -> Iterator[Difference]:
    moved = old["owner"] != new["owner"]
    for fact in dict.fromkeys([*old, *new]):
        was, became = old.get(fact), new.get(fact)
        expected = moved and fact.endswith(_EXPECTED) and _follows(fact, old, new)
        if was != became and not expected:
            yield _difference(f"{fact} of {name}", _text(was), _text(became))


def _follows(fact: str, old: _Looks, new: _Looks) -> bool:
    """Tell whether the fact changes just as the owner does."""
    if fact == "owner":
        return True
    was, became = str(old.get(fact)), str(new.get(fact))
    modules, classes = zip(*(_split(each["owner"]) for each in (old, new)), strict=True)
    if fact.endswith("module"):
        return (was, became) == modules
    return was.replace(classes[0], classes[1], 1) == became


def _split(owner: str) -> tuple[str, str]:
    module, _, name = owner.rpartition(".")
    return module, name


def _class(old: _Looks, new: _Looks) -> Iterator[Difference]:
    for fact in old:
        if fact not in ("mro", "own", "bases") and old[fact] != new[fact]:
            yield _difference(f"{fact} of the class", _text(old[fact]), _text(new[fact]))
    for fact, what in (("mro", "the MRO"), ("bases", "the bases as they are written")):
        was, became = old.get(fact, []), new.get(fact, [])
        if [each for each in became if each in was] != was:
            yield _difference(what, ", ".join(was), ", ".join(became))
    for owner, names in old["own"].items():
        stayed = [name for name in names if name in new["own"].get(owner, ())]
        there = [name for name in new["own"].get(owner, ()) if name in names]
        if stayed != there:
            yield _difference(
                f"the order in {owner}.__dict__", ", ".join(stayed), ", ".join(there)
            )


def _moved(before: _Looks, after: _Looks) -> Iterator[str]:
    old, new = before["members"], after["members"]
    moved: dict[tuple[str, str], list[str]] = {}
    for name in old:
        if name in new and old[name]["owner"] != new[name]["owner"]:
            moved.setdefault((old[name]["owner"], new[name]["owner"]), []).append(name)
    for (was, became), names in moved.items():
        yield f"{', '.join(names)}: __qualname__ and __module__ say {became}, no longer {was}"


def _new_bases(before: _Looks, after: _Looks) -> Iterator[str]:
    for each in after["class"]["mro"]:
        if each not in before["class"]["mro"]:
            yield f"the MRO has {each}"


def _difference(what: str, was: str, became: str) -> Difference:
    return Difference("introspection", what, was, became)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)[1:-1]
    return _signature(value) if _is_signature(value) else value_text(value)


def _is_signature(value: Any) -> bool:
    parts = value[:-1] if isinstance(value, list) else []
    return bool(parts) and all(isinstance(part, list) and len(part) == 4 for part in parts)  # noqa: PLR2004 - kind, name, annotation, default


def _signature(value: list[Any]) -> str:
    *parameters, result = value
    told, marks = [], {"positional_only": "/", "keyword_only": "*"}
    for number, (kind, name, annotation, default) in enumerate(parameters):
        kinds = [each[0] for each in parameters]
        if kind == "keyword_only" and not {kind, "var_positional"}.intersection(kinds[:number]):
            told.append(marks[kind])
        star = {"var_positional": "*", "var_keyword": "**"}.get(kind, "")
        note = f": {annotation}" if annotation else ""
        told.append(f"{star}{name}{note}" + "".join(f"={value_text(each)}" for each in default))
        if kind == "positional_only" and kinds[number + 1 : number + 2] != [kind]:
            told.append(marks[kind])
    return f"({', '.join(told)})" + (f" -> {result}" if result else "")
