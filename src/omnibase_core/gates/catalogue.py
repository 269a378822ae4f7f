"""All gates by name, and which of them have something to add even when they find nothing."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from omnibase_core.gates import (
    defaults_and_presets_hold,
    entry_points_somewhere,
    fields_are_read,
    interface_lock,
    mixin_has_entry,
    schema_equals_model,
    signatures_match,
)
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.note import Note

GATES: Final[Mapping[str, Callable[[Path], Iterator[Finding]]]] = {
    "mixin-has-entry": mixin_has_entry.find,
    "entry-points-somewhere": entry_points_somewhere.find,
    "schema-equals-model": schema_equals_model.find,
    "defaults-and-presets-hold": defaults_and_presets_hold.find,
    "signatures-match": signatures_match.find,
    "fields-are-read": fields_are_read.find,
    "interface-lock": interface_lock.find,
}
"""What each gate finds in the repository, or package, at a path."""

NOTES: Final[Mapping[str, Callable[[Path], Iterator[Note]]]] = {
    "entry-points-somewhere": entry_points_somewhere.notes,
    "fields-are-read": fields_are_read.notes,
}
"""What is good to know all the same."""
