"""Load a plan from its file; whatever is wrong comes back as `CarveError` with its place."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from carve.errors import CarveError, Place
from carve.plan.consistency import check_plan
from carve.plan.model import FORMAT, Plan
from carve.plan.places import Places, first_of
from carve.plan.reader import read
from carve.plan.wording import kind_of, problems

__all__ = ["build_plan", "load_plan"]

_LARGEST = 1 << 20


def load_plan(path: Path) -> Plan:
    """Return the plan in `path`; whether it fits a repository is for `check_tree` to say."""
    name = path.as_posix()
    data, places = read(_decode(_bytes_of(path), name), name)
    return build_plan(data, places)


def build_plan(data: Mapping[str, object], places: Places | None = None) -> Plan:
    """Return the plan that `data`, keyed as in a file, describes."""
    places = places or Places()
    _check_format(data, places)
    try:
        plan = Plan.model_validate(data, context=places, by_alias=True, by_name=False)
    except ValidationError as error:
        found = first_of(problems(error, data, places))
        raise found or error from None
    check_plan(plan)
    return plan


def _bytes_of(path: Path) -> bytes:
    where = Place(path.as_posix())
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise CarveError("there is no such plan", where=where, instead="check the path") from None
    except IsADirectoryError:
        raise CarveError(
            "the plan is a folder", where=where, instead="name the file in it"
        ) from None
    except OSError as error:
        raise CarveError(
            f"the plan cannot be read: {error.strerror or 'unknown reason'}", where=where
        ) from error
    if len(content) > _LARGEST:
        raise CarveError(
            "the plan is larger than 1 MiB", where=where, instead="divide it into several plans"
        )
    return content


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        raise CarveError(
            f"the byte 0x{error.object[error.start]:02x} is not UTF-8",
            where=Place(path, len(lines), len(lines[-1]) + 1),
            instead="save the plan as UTF-8",
        ) from None


def _check_format(data: Mapping[str, object], places: Places) -> None:
    """Look at the format alone, because in a newer one everything else may mean another thing."""
    value = data.get("format", FORMAT)
    where = places.of("format")
    if type(value) is not int:
        raise CarveError(
            f"format must be the number {FORMAT}, not {kind_of(value)}",
            where=where,
            instead=f"write format: {FORMAT}",
        )
    if value > FORMAT:
        raise CarveError(
            f"the plan has format {value}, and this carve reads format {FORMAT}",
            where=where,
            instead="upgrade carve",
        )
    if value < FORMAT:
        raise CarveError(
            f"there is no format {value}", where=where, instead=f"write format: {FORMAT}"
        )
