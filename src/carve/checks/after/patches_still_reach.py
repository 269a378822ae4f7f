"""Every patch of a name in the old module still reaches the code that it reached before.

Every patch of a name in the old module still reaches the code that it reached before. Known
are `patch`, `patch.object`, `patch.dict`, `patch.multiple`, `mocker` and `monkeypatch` with a
text or an object, assignments to the module, and constants, aliases and fixtures that stand
for it. After a move, this would still succeed and intercept nothing:

```python
from unittest.mock import patch

with patch("json.dumps") as dumps:  # as in patch("shop.store.emit")
    import json

    json.dumps({})

assert dumps.called
```

Moved methods look up in the old module what tests replace there. What that does not cover is
refused: helpers that move along, builtins that a patch hides, names that a test takes away,
names that a function within the method may use later than the method runs, and copies of the
module that were loaded by the path of its file. The check names the line of the test.

With `retarget: true` in the step, or `carve extract --retarget`, patches of what only moved
code uses are pointed at the mixin's module instead; the preview shows each changed line. Of
one name all patches follow or none does, so one that is put together from parts, or that is
given to anything else, keeps all of them where they are.

Modules that are loaded by path, by `import_module` or again by `reload` are reported as
remarks: look at them yourself.
"""

import ast
from collections.abc import Iterator

from carve.checks.patching import patched_files
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.names import BUILTINS
from carve.source.patches import ANY
from carve.workspace import Workspace

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp)


def find(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield each replaced module global that moved code uses."""
    cut, name = done.cut, done.before.name
    used = cut.runtime_names | cut.helper_names
    # patch("pkg.god.open") puts a name into the module that hides the builtin.
    hidden = (cut.used.runtime | cut.used_by_helpers.runtime) & BUILTINS
    lost = used - cut.reach.late | cut.helper_names | frozenset(_kept(cut))
    for module, found in patched_files(workspace, name):
        for patch in found:
            # A copy of the module is not where moved code looks a name up, and what is taken
            # away there fails in another way when it is.
            affected = used if patch.copied or patch.deletes else lost
            if patch.name in affected | hidden or (patch.name == ANY and affected):
                yield Finding(
                    module.path,
                    patch.line,
                    f"this replaces {patch.name!r} in {name}, but code that uses it moves to "
                    f"{cut.target.module}: it would no longer be intercepted",
                    f"replace {cut.target.module}.{patch.name} instead, in the same commit; "
                    "with retarget: carve does so where only moved code uses the name",
                )


def _kept(cut: Cut) -> Iterator[str]:
    """Yield what a function within a method keeps from the time when the method ran.

    Before, it looked the name up whenever it was called itself, perhaps after a patch.
    """
    for lookup in cut.reach.lookups:
        for inner in ast.walk(lookup.node):
            if isinstance(inner, _INNER) and inner is not lookup.node:
                used = {each.id for each in ast.walk(inner) if isinstance(each, ast.Name)}
                yield from used & set(lookup.names)
