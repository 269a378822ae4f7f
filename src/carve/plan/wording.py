"""Turn what pydantic found wrong with a plan's data into errors with a place and a way out."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from carve.errors import CarveError
from carve.plan.model import PARTS, STEP_KINDS, Plan, Verify
from carve.plan.nearest import closest, nearest
from carve.plan.places import Places, Step

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["kind_of", "problems"]

_LISTS = {
    "all_tests": "arguments",
    "calls": "names",
    "cuts": "modules",
    "drops": "names",
    "exclude": "globs",
    "files": "files",
    "from": "classes",
    "helpers": "names",
    "hooks": "names",
    "leaves": "names",
    "members": "names",
    "of": "classes",
    "parameters": "parameters",
    "renames": "renames",
    "roots": "folders",
    "steps": "steps",
    "tests": "arguments",
    "values": "expressions",
    "was": "names",
}
_WANTED = {
    "string_type": "text",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "literal_error": "the number 1",
}
_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number with a point",
    list: "a list",
    dict: "a mapping",
}


def problems(error: ValidationError, data: object, places: Places) -> list[CarveError]:
    """Return one error for each thing that is wrong with `data`."""
    found = [
        _Problem(one, data, places) for one in error.errors(include_url=False) if not _follows(one)
    ]
    # A key that is missing because it is misspelt is one problem, not two.
    misspelt = {problem.meant for problem in found}
    return [problem.told() for problem in found if problem.missing not in misspelt - {None}]


def kind_of(value: object) -> str:
    """Return what a value is, in the words of somebody who writes YAML."""
    return _KINDS.get(type(value), "nothing")


def _follows(error: "ErrorDetails") -> bool:
    """Return whether a list counts as too short only because its items are wrong."""
    return error["type"] == "too_short" and bool(error["input"])


class _Problem:
    """One of pydantic's errors, and what is needed to put it into words."""

    def __init__(self, error: "ErrorDetails", data: object, places: Places) -> None:
        self._error = error
        self._data = data
        self._places = places
        self._path: tuple[Step, ...] = error["loc"]

    @property
    def missing(self) -> tuple[Step, ...] | None:
        """The path of the key that is missing, if one is."""
        return self._path if self._error["type"] == "missing" else None

    @property
    def meant(self) -> tuple[Step, ...] | None:
        """The path of the key that an unknown one was probably meant to be."""
        if self._error["type"] != "extra_forbidden":
            return None
        key = closest(self._path[-1], self._known_keys())
        return (*self._path[:-1], key) if key else None

    def told(self) -> CarveError:
        tellers = {
            "missing": self._missing,
            "extra_forbidden": self._unknown,
            "plan": self._objection,
            "too_short": self._empty,
            "string_too_short": self._empty,
        }
        return tellers.get(self._error["type"], self._wrong_type)()

    def _missing(self) -> CarveError:
        key = str(self._path[-1])
        return CarveError(
            f"missing key {key!r}{self._inside()}",
            where=self._places.of(*self._path[:-1]),
            instead=f"add {key}: {'1' if key == 'format' else '...'}",
        )

    def _unknown(self) -> CarveError:
        key = str(self._path[-1])
        known = self._known_keys()
        return CarveError(
            f"unknown key {key!r}{self._inside()}",
            where=self._places.of_key(*self._path),
            instead=nearest(key, known) or f"one of {', '.join(known)}",
        )

    def _objection(self) -> CarveError:
        facts = self._error["ctx"]
        below = (facts["at"],) if facts["at"] else ()
        return CarveError(
            f"{self._subject()}: {facts['problem']}",
            where=self._places.of(*self._path, *below),
            instead=facts["instead"],
        )

    def _empty(self) -> CarveError:
        return CarveError(
            f"{self._subject()} must not be empty",
            where=self._places.of(*self._path),
            instead=f"list at least one of the {_LISTS[str(self._path[-1])]}"
            if self._path[-1] in _LISTS
            else "write some text",
        )

    def _wrong_type(self) -> CarveError:
        kind, value = self._error["type"], self._error["input"]
        wanted = _WANTED.get(kind) or f"a list of {_LISTS.get(str(self._path[-1]), 'values')}"
        quoted = wanted == "text" and isinstance(value, str | bool | int | float)
        return CarveError(
            f"{self._subject()} must be {wanted}, not {kind_of(value)}",
            where=self._places.of(*self._path),
            instead="put it in quotes" if quoted else f"write {wanted}",
        )

    def _subject(self) -> str:
        match self._path:
            case ("steps", int(number)):
                return self._step(number)
            case ("steps", int(number), *rest):
                return f"{self._step(number)}: {_phrase(rest)}"
            case _:
                return _phrase(self._path)

    def _inside(self) -> str:
        match self._path:
            case ("steps", int(number), *_):
                return f" in {self._step(number)}"
            case (str(section), _, *_):
                return f" in {section}"
            case _:
                return ""

    def _step(self, number: int) -> str:
        match self._data:
            case {"steps": [*steps]} if isinstance(steps[number], dict):
                name = steps[number].get("id")
                return f"step {name!r}" if isinstance(name, str) else f"step {number + 1}"
            case _:
                return f"step {number + 1}"

    def _known_keys(self) -> tuple[str, ...]:
        match self._path:
            case ("steps", int(number), _):
                step = self._data["steps"][number]  # type: ignore[index]
                return STEP_KINDS[step["do"]].keys()
            case ("steps", int(), str(key), int(), _) if key in PARTS:
                return PARTS[key].keys()
            case ("verify", _):
                return Verify.keys()
            case _:
                return Plan.keys()


def _phrase(path: tuple[Step, ...] | list[Step]) -> str:
    match list(path):
        case [*_, key, "[key]"]:
            return f"the key {key!r}"
        case [*_, str(key), int(index)]:
            return f"item {index + 1} of {key}"
        case [*_, last]:
            return str(last)
        case _:
            return "the plan"
