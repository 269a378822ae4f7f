"""What could be imported from the old module still can, unless the plan lists it under `drops`.

What could be imported from the old module still can, unless the step lists it under `drops:`,
and then nobody takes it from there.

```python
from json import dumps  # `from shop.store import dumps` works on, used there or not
```
"""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.workspace import Workspace


def find(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield each lost name, and each dropped one that somebody still takes from the module."""
    module = done.before
    lost = set(module.bindings) - set(done.host_module.bindings)
    for name in sorted(lost - done.cut.drops):
        yield Finding(
            module.path,
            module.bindings[name].node.lineno,
            f"{name!r} could no longer be imported from {module.name}",
            f"list {name!r} under drops: when nobody needs it",
        )
    for name in sorted(done.cut.drops - set(module.bindings)):
        yield Finding(
            module.path, 1, f"drops: {name!r} is not a name of {module.name}", "remove it"
        )
    needed = set(done.host_module.bindings) | done.cut.used_by_rest
    for name in sorted(done.cut.drops & set(module.bindings) & needed):
        yield Finding(
            module.path,
            module.bindings[name].node.lineno,
            f"{name!r} is still used in {module.name}, so it cannot be dropped",
            f"take {name!r} out of drops:",
        )
    yield from _users(done, workspace, frozenset(lost & done.cut.drops))


def _users(done: Extraction, workspace: Workspace, gone: frozenset[str]) -> Iterator[Finding]:
    last = done.before.name.rpartition(".")[2]
    for path in workspace.mentioning([last]) if gone else []:
        if path == done.before.path:
            continue
        for name, line in workspace.module_at(path).taken_from(done.before.name):
            if name in gone or name == "*":
                yield Finding(
                    path,
                    line,
                    f"{name!r} is taken from {done.before.name} here, and the plan drops it",
                    f"take {name!r} out of drops:, or import it from where it is defined",
                )
