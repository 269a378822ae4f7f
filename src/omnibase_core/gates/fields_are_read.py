"""Every setting of a subcontract is read by a mixin that it configures, or listed as not yet.

The list, `not_yet_honoured.yaml` among the mixins, may only shrink.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.defaults import line_of, models_in
from omnibase_core.gates.field_reads import names_read
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.first_version import NoHistoryError, first_version
from omnibase_core.gates.not_yet_honoured import FILE, NotYetHonoured, parse
from omnibase_core.gates.note import Note
from omnibase_core.gates.registry import Registry
from omnibase_core.utils.contract_yaml import Document, read_document

__all__ = ["find", "notes"]


def find(root: Path) -> Iterator[Finding]:
    """Yield each field that nothing reads, and what is wrong with the list of those."""
    registry = Registry.at(root)
    found = _models(registry)
    listing = _listed(registry)
    yield from _ignored(registry, found, listing)
    yield from listing.stale(found)
    yield from listing.grown()


def notes(root: Path) -> Iterator[Note]:
    """Yield which settings have no effect yet, and why the list cannot be held to shrink."""
    listing = _listed(Registry.at(root))
    fields = [f"{model}.{field}" for model in listing.entries for field in listing.fields(model)]
    if fields:
        yield Note(f"settings not honoured yet: {len(fields)}", tuple(fields))
    try:
        listing.first()
    except NoHistoryError as error:
        yield Note(f"whether {FILE} has grown cannot be told: {error}")


@dataclass(frozen=True, slots=True)
class _Read:
    """A model, or one that it holds, and those of its fields that no mixin reads."""

    model: type[BaseModel]
    mixins: tuple[str, ...]
    unread: tuple[str, ...]


def _models(registry: Registry) -> dict[str, _Read]:
    """Return every model of settings by its name; what several share, each may read."""
    made: dict[str, _Read] = {}
    for outer, keys in registry.models():
        modules = [path for key in keys if (path := registry.tree.mixin(key))]
        names = frozenset[str]().union(*(names_read(registry.tree, path) for path in modules))
        for model in models_in(outer):
            before = made.get(model.__name__) or _Read(model, (), tuple(model.model_fields))
            made[model.__name__] = _Read(
                model,
                (*before.mixins, *(registry.entries[key].name for key in keys)),
                tuple(field for field in before.unread if field not in names),
            )
    return made


def _ignored(
    registry: Registry, models: Mapping[str, _Read], listing: "_Listing"
) -> Iterator[Finding]:
    for name, each in models.items():
        file = Path(inspect.getfile(each.model))
        for field in each.unread:
            if field not in listing.fields(name):
                yield Finding(
                    registry.tree.shown(file),
                    line_of(each.model, field),
                    f"{name}.{field} is read by none of {', '.join(each.mixins)}",
                    "act upon it in one of them",
                )


@dataclass(frozen=True, slots=True)
class _Listing:
    """The list, and what can be said against its entries."""

    path: Path
    shown: str
    document: Document | None
    entries: Mapping[str, NotYetHonoured]

    def fields(self, model: str) -> tuple[str, ...]:
        """Return the fields that are listed for a model."""
        return self.entries[model].fields if model in self.entries else ()

    def stale(self, models: Mapping[str, _Read]) -> Iterator[Finding]:
        """Yield each listed field that is read by now, or that is none."""
        for name, entry in self.entries.items():
            if name not in models:
                yield self._at((name,), f"{name} configures no mixin", "take it off the list")
                continue
            for number, field in enumerate(entry.fields):
                place = (name, "fields", number)
                if field not in models[name].model.model_fields:
                    yield self._at(place, f"{name} has no field {field!r}", "take it off the list")
                elif field not in models[name].unread:
                    yield self._at(place, f"{name}.{field} is read by now", "take it off the list")
                elif field in entry.fields[:number]:
                    yield self._at(place, f"{name}.{field} is listed twice", "take one off")

    def grown(self) -> Iterator[Finding]:
        """Yield each field that was not on the list when it was first committed."""
        try:
            first = self.first()
        except NoHistoryError:
            return
        for name, entry in self.entries.items():
            then = first[name].fields if name in first else ()
            for number, field in enumerate(entry.fields):
                if field not in then:
                    yield self._at(
                        (name, "fields", number),
                        f"{name}.{field} was not on the list at first, which may only shrink",
                        "act upon it in a mixin and take it off",
                    )

    def first(self) -> Mapping[str, NotYetHonoured]:
        """Return the list as it was first committed, or raise NoHistoryError."""
        if self.document is None:
            return {}
        try:
            return parse(first_version(self.path), f"the first version of {FILE}")
        except ModelOnexError as error:
            raise NoHistoryError(error.message) from error

    def _at(self, steps: tuple[str | int, ...], message: str, instead: str) -> Finding:
        line = self.document.where(steps).line if self.document else 1
        return Finding(self.shown, line, message, instead)


def _listed(registry: Registry) -> _Listing:
    """Return the list of a tree; without the file, nothing is listed."""
    path = registry.tree.mixins / FILE
    shown = registry.tree.shown(path)
    if not path.is_file():
        return _Listing(path, shown, None, {})
    return _Listing(
        path, shown, read_document(path), parse(path.read_bytes(), registry.tree.shown(path))
    )
