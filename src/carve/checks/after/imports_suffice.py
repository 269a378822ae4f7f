"""Both modules import what they use, and the mixin's module nothing else.

Both modules import what they use, and the mixin's module imports nothing else.

```python
from json import dumps  # the mixin's module has this one line of the old module's ten


class MixinText:
    def summary(self) -> str:
        return dumps(["nothing yet"])
```
"""

import ast
import re
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.module import Module
from carve.source.names import BUILTINS, used_by_statements
from carve.workspace import Workspace

_WORD = re.compile(r"\w+")
_MODULE = frozenset({"__name__", "__file__", "__doc__", "__package__", "__spec__", "__path__"})


def find(done: Extraction, _: Workspace) -> Iterator[Finding]:
    """Yield each global that nothing binds, and each import of the mixin's that nothing uses."""
    # What is dropped and still used is for names_stay_importable to say.
    unknown = _unbound(done.host_module) - _unbound(done.before) - done.cut.drops
    for module, names in (
        (done.host_module, unknown),
        (done.mixin_module, _unbound(done.mixin_module) - _free_texts(done.before)),
    ):
        for name in sorted(names):
            yield _finding(module, f"{name!r} would be used here and bound nowhere")
    for name, binding in sorted(done.mixin_module.bindings.items()):
        if binding.kind not in ("import", "type-only", "helper"):
            yield _finding(done.mixin_module, f"{name!r} would be bound here more than once")
    for name in sorted(_unused(done.mixin_module)):
        yield _finding(done.mixin_module, f"{name!r} would be imported here and not used")


def _unbound(module: Module) -> set[str]:
    used = used_by_statements(module.source.text, postponed=False)
    return set(used.runtime | used.types) - set(module.bindings) - BUILTINS - _MODULE


def _free_texts(module: Module) -> set[str]:
    """Return words in annotations that name nothing in the module either."""
    used = used_by_statements(module.source.text, postponed=module.postponed)
    return set(used.types) - set(module.bindings)


def _unused(module: Module) -> set[str]:
    used = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    # Types may be named in texts, for example in an annotation or in cast("Type", value).
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            used.update(_WORD.findall(node.value))
    imported = {n for n, b in module.bindings.items() if b.kind in ("import", "type-only")}
    return imported - used - set(module.futures)


def _finding(module: Module, message: str) -> Finding:
    return Finding(
        module.path, 1, message, "this is a fault of carve: report it with the class and members"
    )
