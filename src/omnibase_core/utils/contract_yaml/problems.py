"""What is wrong with a document, told in one `ModelOnexError` however much it is."""

import difflib
from collections.abc import Iterable
from typing import Final, NamedTuple

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.utils.contract_yaml.places import Place

__all__ = ["Problem", "hint", "refusal"]

_MOST_TOLD: Final = 50
_MOST_NAMED: Final = 20
_LONGEST_NAME: Final = 100  # comparing takes quadratic time


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what to do about it."""

    place: Place
    what: str
    instead: str
    code: EnumCoreErrorCode = EnumCoreErrorCode.VALIDATION_ERROR

    def __str__(self) -> str:
        """Return `path:line:column: what; what to do`."""
        return f"{self.place}: {self.what}; {self.instead}"


def refusal(problems: Iterable[Problem]) -> ModelOnexError:
    """Return the error that names all problems, ready to be raised.

    Its context holds `path`, `line` and `column` of the first one, and all of them as `problems`.
    """
    ordered = _in_order(problems)
    first = ordered[0]
    lines = [str(problem) for problem in ordered[:_MOST_TOLD]]
    if more := len(ordered) - len(lines):
        lines.append(f"and {more} more")
    codes = {problem.code for problem in ordered}
    return ModelOnexError(
        "\n".join(lines),
        first.code if len(codes) == 1 else EnumCoreErrorCode.VALIDATION_ERROR,
        **first.place._asdict(),
        problems=[
            {**problem.place._asdict(), "what": problem.what, "instead": problem.instead}
            for problem in ordered
        ],
    )


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: file by file as they were met, from top to bottom in each."""
    found = list(dict.fromkeys(problems))
    paths = list(dict.fromkeys(problem.place.path for problem in found))
    number = {path: index for index, path in enumerate(paths)}
    return sorted(found, key=lambda problem: (number[problem.place.path], *problem.place[1:]))


def hint(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return `did you mean 'x'?`, or which names there are, or `otherwise` if there is none."""
    names = list(known)
    if close := difflib.get_close_matches(name[:_LONGEST_NAME], names, n=1):
        return f"did you mean {close[0]!r}?"
    if not names:
        return otherwise
    more = ", ..." if len(names) > _MOST_NAMED else ""
    return f"there is {', '.join(map(repr, names[:_MOST_NAMED]))}{more}"
