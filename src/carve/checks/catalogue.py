"""Every check by its name, in the order in which they are asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import TypeVar

from carve.checks.after import (
    compiles,
    form_kept,
    imports_suffice,
    members_unchanged,
    names_stay_importable,
    no_import_cycle,
    patches_still_reach,
    tokens_conserved,
)
from carve.checks.before import (
    attributes_move,
    class_namespace,
    class_scope_names,
    class_shape,
    conditional_definitions,
    decorators,
    globals_statement,
    helpers_move,
    host_by_name,
    import_time_names,
    mangled_names,
    members_left_behind,
    module_globals,
    plain_values,
    relative_imports,
    special_members,
    statements_alone,
    subclass_order,
    subcontract_exists,
    super_calls,
    target_is_free,
)
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.workspace import Workspace

__all__ = ["AFTER", "BEFORE", "objections_after", "objections_before", "torn"]

T = TypeVar("T")


def _named(*modules: ModuleType) -> dict[str, ModuleType]:
    return {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in modules}


BEFORE = _named(
    target_is_free,
    class_shape,
    class_namespace,
    subclass_order,
    import_time_names,
    statements_alone,
    conditional_definitions,
    special_members,
    decorators,
    plain_values,
    mangled_names,
    host_by_name,
    super_calls,
    class_scope_names,
    globals_statement,
    module_globals,
    relative_imports,
    attributes_move,
    helpers_move,
    members_left_behind,
    subcontract_exists,
)
AFTER = _named(
    compiles,
    members_unchanged,
    tokens_conserved,
    form_kept,
    imports_suffice,
    no_import_cycle,
    names_stay_importable,
    patches_still_reach,
)


def torn(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield what speaks against reading the moved lines at all."""
    yield from _called("statements-alone", statements_alone.find, cut, workspace)


def objections_before(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield what speaks against drawing this line through the class."""
    for name, check in BEFORE.items():
        found = list(_called(name, check.find, cut, workspace))
        yield from found
        if found and check is statements_alone:
            return  # the other checks read whole lines, and these hold too much


def objections_after(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield what is wrong with the texts that the step would write."""
    for name, check in AFTER.items():
        yield from _called(name, check.find, done, workspace)


def _called(
    name: str, find: Callable[[T, Workspace], Iterator[Finding]], what: T, workspace: Workspace
) -> Iterator[Finding]:
    for finding in find(what, workspace):
        yield replace(finding, check=name)
