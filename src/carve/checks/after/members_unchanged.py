"""Each member of the flattened class is the same code as before, and has the planned owner.

Each member of the flattened class is the same syntax tree as before and has the owner that the
plan names. What a moved method looks up in the old module does not count.

```text
before  Store: limit, add, summary
after   Store: limit, add   MixinSummary: summary
```
"""

import ast
from collections import Counter
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.members import Function, HostClass
from carve.source.module import Module
from carve.workspace import Workspace


def find(done: Extraction, _: Workspace) -> Iterator[Finding]:
    """Yield each member whose syntax tree or owner is not what the plan says."""
    before = _trees(done.cut.host)
    staying, moved = _trees(done.host), _trees(_without_lookups(done))
    attributes = bool(done.cut.attributes)
    for name, trees in before.items():
        expected, other = (moved, staying) if name in done.cut.member_names else (staying, moved)
        rewritten = attributes and name == "__init__"
        doubled = name in other and name not in {*done.cut.overrides, "__slots__"}
        if (expected.get(name) != trees or doubled) and not rewritten:
            yield _finding(done, f"{name!r} is not the same code as before")
    extra = (set(staying) | set(moved)) - set(before) - {"__init__"}
    for name in sorted(extra):
        yield _finding(done, f"{name!r} was not a member of {done.cut.host.name}")
    if attributes:
        yield from _constructor(done)


def _constructor(done: Extraction) -> Iterator[Finding]:
    """Yield a finding when the two constructors together are not the old one."""
    before, after, new = done.cut.host.init, done.host.init, done.mixin.init
    moved = {ast.dump(attribute.node) for attribute in done.cut.attributes}
    if before is None or after is None or new is None:
        yield _finding(done, "a constructor got lost")
        return
    left = [ast.dump(node) for node in before.body if ast.dump(node) not in moved]
    if left != [ast.dump(node) for node in after.body]:
        yield _finding(done, "more than the moved attributes changed in the constructor")
    # A docstring and super().__init__(...) come before the assignments.
    if [ast.dump(node) for node in new.body[2:]] != [
        ast.dump(attribute.node) for attribute in done.cut.attributes
    ]:
        yield _finding(done, "the mixin's constructor does not assign the moved attributes")


def _without_lookups(done: Extraction) -> HostClass:
    """Return the mixin without the imports that its functions have been given, one for each."""
    wanted = Counter((each.node.name, frozenset(each.names)) for each in done.cut.reach.lookups)
    module = Module(done.cut.target.module, done.mixin_source)
    node = module.class_named(done.cut.target.name)
    if not wanted or node is None:
        return done.mixin
    for each in ast.walk(node):
        if isinstance(each, Function):
            places = [n for n in each.body[:2] if isinstance(n, ast.ImportFrom)]
            for first in places[:1]:
                key = each.name, frozenset(alias.name for alias in first.names)
                if first.module == done.before.name and not first.level and wanted[key]:
                    wanted[key] -= 1
                    each.body.remove(first)
    return HostClass(module, node)


def _trees(owner: HostClass) -> dict[str, list[str]]:
    return {
        name: [ast.dump(node) for node in member.nodes] for name, member in owner.every.items()
    }


def _finding(done: Extraction, message: str) -> Finding:
    return Finding(
        done.host_source.path,
        done.cut.host.node.lineno,
        message,
        "this is a fault of carve: report it with the class and the members",
    )
