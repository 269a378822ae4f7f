"""The command `gates`: what keeps mixins, their registry and their subcontracts in line."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from omnibase_core.gates.finding import Finding
    from omnibase_core.gates.note import Note

    Groups = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name

__all__ = ["add_parser"]


def add_parser(groups: "Groups") -> None:
    """Add the command."""
    about = "check mixins, their registry and their subcontracts against each other"
    parser = groups.add_parser("gates", help=about, description=__doc__, allow_abbrev=False)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these gates")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="another repository, or a package"
    )
    parser.set_defaults(run=_run, command="gates")


def _run(asked: argparse.Namespace) -> Answer:
    """Ask the gates and return what they say: exit code 1 if one of them objects."""
    from omnibase_core.errors.model_onex_error import (  # noqa: PLC0415 - --help needs no pydantic
        ModelOnexError,
    )
    from omnibase_core.gates.catalogue import GATES, NOTES  # noqa: PLC0415 - see above
    from omnibase_core.gates.tree import Tree, default_root  # noqa: PLC0415 - see above

    root = asked.root or default_root()
    names = _named(asked.names, GATES)
    try:
        Tree.at(root)
        found = {name: list(GATES[name](root)) for name in names}
        notes = [note for name in names if name in NOTES for note in NOTES[name](root)]
    except ModelOnexError as error:
        raise RequestError(error.message, "") from error
    body = {
        "gates": [{"name": name, "findings": _plain(each)} for name, each in found.items()],
        "notes": [{"summary": note.summary, "about": note.about} for note in notes],
    }
    return Answer(body, lambda sheet: _show(sheet, found, notes), int(any(found.values())))


def _named(asked: "Iterable[str]", known: "Iterable[str]") -> list[str]:
    """Return the gates that were asked for, or all."""
    every = list(known)
    names = [name.replace("_", "-") for name in asked]
    for name in names:
        if name not in every:
            raise RequestError(f"there is no gate {name!r}", f"one of {', '.join(every)}")
    return [name for name in every if not names or name in names]


def _plain(findings: "list[Finding]") -> list[dict[str, Any]]:
    return [
        {"path": each.path, "line": each.line, "message": each.message, "instead": each.instead}
        for each in findings
    ]


def _show(sheet: Sheet, found: "Mapping[str, list[Finding]]", notes: "list[Note]") -> None:
    """Show what was found, one gate after the other, or in a line that all is well."""
    for name, findings in found.items():
        if findings:
            sheet.heading(f"{name}  {len(findings)} found")
        for each in findings:
            # Places are to be clicked, so nothing breaks a line.
            sheet.raw(f"  {safe(each.path)}:{each.line}  {safe(each.message)}")
            sheet.raw(f"    {safe(each.instead)}")
    if not any(found.values()):
        passed = f"{len(found)} gates passed" if len(found) > 1 else f"{next(iter(found))} passed"
        sheet.raw("; ".join([passed, *(safe(note.summary) for note in notes)]))
