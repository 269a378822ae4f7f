"""What was measured about a module that is to be deleted, kept for as long as it is true.

A plan with an `evidence:` folder keeps it there, to be committed; else it is kept in the git
folder. A record counts when its key is what the tree, the scenarios and the pins give today.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from carve.disk import make_folders
from carve.repository import Repository
from carve.run.deletion.case import Case

__all__ = ["known", "remember"]

_FORMAT = 1


def known(case: Case, what: str, listed: Iterable[object]) -> dict[str, Any] | None:
    """Return the record of `coverage` or `mutation`, None when there is none that counts.

    `listed` are the entries about the module in the list that goes with it.
    """
    data = _read(_file(case)).get(what)
    if not isinstance(data, dict) or not isinstance(data.get("roles"), list):
        return None
    same = data.get("key") == case.key(what, map(str, data["roles"]), listed)
    return data if same else None


def remember(
    case: Case, what: str, data: Mapping[str, Any], roles: Iterable[str], listed: Iterable[object]
) -> dict[str, Any]:
    """Keep what was measured, and return it as a record; `roles` are those that reach the module.

    Nothing is kept where there is neither a folder for evidence nor a git folder.
    """
    own = sorted({*roles})
    made: dict[str, Any] = {"key": case.key(what, own, listed), "roles": own, **data}
    file = _file(case)
    if file is not None:
        head = {"evidence": "gates", "format": _FORMAT, "module": case.module}
        whole = {**_read(file), **head, "path": case.path_before, what: made}
        make_folders(file.parent)
        text = json.dumps(whole, indent=1, sort_keys=True)
        file.write_bytes(f"{text}\n".encode())
    return made


def _file(case: Case) -> Path | None:
    name = f"{case.module}.gates.json"
    if case.plan.evidence:
        return case.repo / case.plan.evidence / name
    repository = Repository(case.repo)
    return repository.common_dir / "carve" / "gates" / name if repository.is_git else None


def _read(file: Path | None) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8")) if file else None
    except (OSError, ValueError):
        return {}
    right = isinstance(data, dict) and data.get("format") == _FORMAT
    return data if right and isinstance(data, dict) else {}
