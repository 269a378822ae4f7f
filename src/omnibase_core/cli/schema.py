"""The command `schema`: write the JSON Schemas of the subcontracts, or check them."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from omnibase_core.cli.answer import Answer
from omnibase_core.cli.request_error import RequestError
from omnibase_core.cli.sheet import Sheet

if TYPE_CHECKING:
    from omnibase_core.gates.finding import Finding

    Groups = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name

__all__ = ["add_parser", "run"]


def add_parser(groups: "Groups") -> None:
    """Add the command to a command line."""
    about = "Write the JSON Schemas of the subcontracts, unless a model breaks its interface."
    parser = groups.add_parser("schema", help=about, description=about, allow_abbrev=False)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is wrong")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="a checkout, by default this one"
    )
    parser.set_defaults(run=run, command="schema")


def run(asked: argparse.Namespace) -> Answer:
    """Return what was written or found; the exit code is 1 if anything was found."""
    written, findings = _outcome(asked)
    paths = [path.relative_to(asked.root).as_posix() for path in written]
    body = {"written": paths, "findings": [asdict(finding) for finding in findings]}
    return Answer(body, lambda sheet: _show(sheet, paths, findings), int(bool(findings)))


def _outcome(asked: argparse.Namespace) -> "tuple[list[Path], list[Finding]]":
    from omnibase_core.errors.model_onex_error import (  # noqa: PLC0415 - --help needs no pydantic
        ModelOnexError,
    )

    try:
        return _checked(asked.root) if asked.check else _written(asked.root)
    except ModelOnexError as error:
        raise RequestError(error.message, "--root DIR") from error


def _checked(root: Path) -> "tuple[list[Path], list[Finding]]":
    from omnibase_core.gates import interface_lock  # noqa: PLC0415 - see above

    return [], list(interface_lock.find(root))


def _written(root: Path) -> "tuple[list[Path], list[Finding]]":
    from omnibase_core.gates import schemas  # noqa: PLC0415 - see above

    try:
        return schemas.write(root), []
    except schemas.BrokenInterfaceError as error:
        return [], error.findings


def _show(sheet: Sheet, written: "list[str]", findings: "list[Finding]") -> None:
    for path in written:
        sheet.line(f"written {path}")
    for finding in findings:
        place, instead = str(finding).splitlines()
        sheet.line(place)
        sheet.line(instead.strip(), indent=2)
