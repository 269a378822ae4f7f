"""Let a module stop offering names that it takes from another one."""

import ast

from carve.errors import Finding
from carve.source.imports import drop_imports
from carve.source.module import Module
from carve.source.moving.chains import Rewritten
from carve.source.moving.exports import without_export
from carve.source.moving.users import Users

__all__ = ["cut"]


def cut(module: Module, users: Users) -> Rewritten:
    """Return the module without the imports and exports; one that uses a name is refused."""
    bound = {
        name
        for name, binding in module.bindings.items()
        if name in users.names and binding.kind == "import"
    }
    done = Rewritten(module.source)
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id in users.names:
            done.findings.append(
                Finding(
                    module.path,
                    node.lineno,
                    f"{module.name} uses {node.id!r} itself, so its import cannot be cut",
                    f"take {module.name} out of cuts:",
                )
            )
    splices = drop_imports(module, frozenset(bound), users.layout.width)
    after = Module(module.name, module.source.splice(splices))
    for name in sorted(users.names):
        after = without_export(after, name)
    done.source = after.source
    return done
