"""What a cut takes along unasked, and what it leaves to be looked up, so that it can be made."""

import ast
from dataclasses import replace

from carve.checks.patching import patched_files
from carve.source.cut import Cut
from carve.source.members import Function
from carve.source.patches import ANY
from carve.workspace import Workspace

__all__ = ["reaching"]


def reaching(cut: Cut, workspace: Workspace) -> Cut:
    """Return the cut, which may now take things from the host's module when its code runs.

    What it needs earlier, and what the host's module defines, moves along: functions and
    constants, with all that they use. A class stays, as its module can be seen from outside.
    """
    cut = replace(cut, reaches=True, replaced=_replaced(cut, workspace))
    while more := _wanted(cut):
        bindings = cut.module.bindings
        cut = replace(cut, helpers=(*cut.helpers, *(bindings[name] for name in more)))
    return cut


def _wanted(cut: Cut) -> list[str]:
    """Return what is needed early, and is defined once in the host's module."""
    found = []
    for name in sorted(cut.reach.early - cut.helper_names):
        binding = cut.module.bindings.get(name)
        plain = (Function, ast.Assign, ast.AnnAssign)
        if binding and binding.kind == "helper" and isinstance(binding.node, plain):
            found.append(name)
    return found


def _replaced(cut: Cut, workspace: Workspace) -> frozenset[str]:
    """Return the names of the host's module that some file replaces; all if one is not known."""
    patches = [p for _, found in patched_files(workspace, cut.module.name) for p in found]
    found = {patch.name for patch in patches if not patch.copied}
    if ANY in found:
        found |= cut.runtime_names
    # What is taken away cannot be looked up: that would fail in another way than before.
    return frozenset(found & cut.runtime_names - {p.name for p in patches if p.deletes})
