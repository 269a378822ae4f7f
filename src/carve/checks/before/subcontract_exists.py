"""The subcontract is there before the mixin: its model, the YAML beside it, the registry entry.

The subcontract that a step names is there before the mixin: its model, the YAML file beside
it, and the entry in the plan's registry. It is data written by hand, which no step can make
up.

```yaml
steps:
  - id: 01-summary
    do: extract_mixin
    from: shop.store:Store
    to: shop.mixin_summary:MixinSummary
    members: [summary]
    # Refused as long as this module is not there:
    subcontract: shop.contracts.model_summary_subcontract:ModelSummarySubcontract
    why: three reports want it without the rest
```
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace

# The same reading, ten times faster, where libyaml is there; wheels bring it.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield what is missing of the subcontract that the step names.

    A subcontract is data, written by hand; no step can make it up.
    """
    if cut.subcontract is None:
        return
    path = workspace.path_of(cut.subcontract.module)
    if path is None:
        where = workspace.path_for(cut.subcontract)
        yield Finding(
            where, None, f"there is no module {cut.subcontract.module}", "write it first"
        )
        return
    if workspace.module_at(path).class_named(cut.subcontract.name) is None:
        message = f"there is no class {cut.subcontract.name!r} in {cut.subcontract.module}"
        yield Finding(path, 1, message, "check how it is spelt")
    beside = str(PurePosixPath(path).with_suffix(".yaml"))
    if not workspace.exists(beside):
        yield Finding(beside, None, f"{path} has no YAML subcontract", f"write {beside}")
    if cut.registry is not None:
        yield from _unregistered(cut, cut.registry, workspace)


@lru_cache(maxsize=8)
def _entries(raw: bytes) -> Any:
    """Return what the registry holds; it is large, and every step asks for it."""
    return yaml.load(raw, Loader=_Loader)  # noqa: S506 - the loader is a safe one


def _unregistered(cut: Cut, registry: str, workspace: Workspace) -> Iterator[Finding]:
    raw = workspace.read(registry)
    try:
        entries = _entries(raw or b"")
    except yaml.YAMLError as error:
        yield Finding(registry, None, f"the registry is not YAML: {error}", "mend the registry")
        return
    known = entries.values() if isinstance(entries, dict) else ()
    entry = next(
        (e for e in known if isinstance(e, dict) and e.get("name") == cut.target.name), {}
    )
    if entry.get("subcontract_model") != str(cut.subcontract):
        yield Finding(
            registry,
            None,
            f"the registry has no entry {cut.target.name!r} with {cut.subcontract}",
            "add the entry, with the subcontract's class under subcontract_model",
        )
