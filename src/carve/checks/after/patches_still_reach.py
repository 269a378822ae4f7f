"""Every patch of a name in the old module still reaches the code that it reached before.

`patch("pkg.god.emit")` changes what the code in `pkg.god` finds. Code that moved finds `emit` in
its own module: the patch would still succeed, and intercept nothing.
"""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.patches import ANY, patched_names
from carve.workspace import Workspace


def find(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield each replaced module global that moved code uses."""
    name = done.before.name
    affected = done.cut.runtime_names | done.cut.helper_names
    for path in workspace.mentioning([name.rpartition(".")[2]]):
        for target, line in patched_names(workspace.module_at(path), name):
            if target in affected or (target == ANY and affected):
                yield Finding(
                    path,
                    line,
                    f"this replaces {target!r} in {name}, but code that uses it moves to "
                    f"{done.cut.target.module}: it would no longer be intercepted",
                    f"replace {done.cut.target.module}.{target} as well, then extract",
                )
