"""Take members out of any class of any file, and count what becomes of every token."""

import ast
import random
import tokenize
from collections import Counter
from collections.abc import Iterator

from carve.checks.after import compiles, members_unchanged, tokens_conserved
from carve.checks.catalogue import objections_before
from carve.plan.refs import ClassRef
from carve.source.attributes import attributes, calls
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import HostClass
from carve.source.mixin import write_mixin
from carve.source.module import Module
from carve.source.needs import needs
from carve.source.remainder import write_remainder
from carve.workspace import Workspace

__all__ = ["balance", "cuts", "judge"]

# What these object to, the text cannot be made for; the others speak of what it would do.
_TEXTUAL = frozenset(
    {"statements-alone", "conditional-definitions", "attributes-move", "special-members"}
    | {"helpers-move"}
)
_UNWRITABLE = ("backslash", "type parameters", "lead out of the tree")
_TARGET = ClassRef(module="pkg.mixin_taken", name="MixinTaken")
_BLANK = frozenset(
    {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def cuts(module: Module, chance: random.Random, count: int) -> Iterator[Cut]:
    """Yield `count` cuts through each class of the module, of some or of all its members."""
    for node in module.classes():
        if module.class_named(node.name) is None:
            continue
        host = HostClass(module, node)
        inside = {**calls(host), **attributes(host)}
        for _ in range(count):
            share = chance.choice((0.1, 0.4, 0.8, 1.0))
            members = [m for m in host.members.values() if chance.random() < share]
            moves_whole = any(member.name == "__init__" for member in members)
            moved = [] if moves_whole else [a for a in inside.values() if chance.random() < share]
            helpers = [
                binding
                for binding in module.bindings.values()
                if binding.kind == "helper" and binding.node is not node and chance.random() < 0.1
            ]
            if members or moved:
                moved.sort(key=lambda each: each.line)
                yield Cut(host, _TARGET, tuple(members), tuple(moved), tuple(helpers))


def judge(cut: Cut, workspace: Workspace, label: str) -> bool:
    """Ask every check, look at the texts wherever they can be made, and tell whether they were."""
    found = list(objections_before(cut, workspace))
    for each in found:
        assert all((each.path, each.line, each.message, each.instead)), (label, each)
        assert "fault of carve" not in each.instead, (label, each)
    unwritable = any(word in each.message for each in found for word in _UNWRITABLE)
    if unwritable or {each.check for each in found} & _TEXTUAL:
        return False
    done = _extracted(cut, workspace)
    for check in (compiles, members_unchanged, tokens_conserved):
        objections = list(check.find(done, workspace))
        assert not objections, (label, objections)
    lost, added = balance(done)
    assert not lost, (label, f"lost: {lost}")
    assert not added, (label, f"added: {added}")
    return True


def _extracted(cut: Cut, workspace: Workspace) -> Extraction:
    lineage, _ = workspace.lineage(cut.host)
    declared = needs(cut.offered, lineage)
    path = workspace.path_for(_TARGET)
    mixin = write_mixin(cut, path, "Takes", declared, workspace.layout)
    return Extraction(cut, write_remainder(cut, workspace.layout), mixin)


def balance(done: Extraction) -> tuple[Counter[str], Counter[str]]:
    """Return the tokens that are missing afterwards, and those that are new, comments included."""
    before = _tokens(done.before, _imports(done.before) | _heads(done.cut.host))
    host = _tokens(done.host_module, _imports(done.host_module) | _heads(done.host))
    mixin = _tokens(done.mixin_module, _imports(done.mixin_module) | _made(done))
    after = host + mixin
    if not done.cut.staying_nodes:
        after -= Counter(["pass"])
    return before - after, after - before


def _tokens(module: Module, left_out: set[int]) -> Counter[str]:
    lines = iter([line.rstrip("\r\n") + "\n" for line in module.source.lines])
    tokens = tokenize.generate_tokens(lambda: next(lines, ""))
    kept = (each for each in tokens if each.start[0] not in left_out)
    return Counter(each.string for each in kept if each.type not in _BLANK)


def _lines(node: ast.stmt | ast.expr) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _imports(module: Module) -> set[int]:
    found: set[int] = set()
    for node in module.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= _lines(node)
    return found


def _heads(host: HostClass) -> set[int]:
    """Return the lines of the class statement itself, up to its colon."""
    node = host.node
    parts = [*node.bases, *(keyword.value for keyword in node.keywords)]
    last = max([node.lineno, *(part.end_lineno or 0 for part in parts)])
    lines = host.module.source.lines
    while last < node.body[0].lineno - 1 and lines[last].strip().startswith((")", ":")):
        last += 1
    return set(range(node.lineno, last + 1)) - _lines(node.body[0])


def _made(done: Extraction) -> set[int]:
    """Return the lines of the mixin's module that carve writes itself."""
    module, node = done.mixin_module, done.mixin.node
    found = _lines(module.tree.body[0]) | _heads(done.mixin)
    for each in (*module.tree.body, *node.body):
        if isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING":
            found |= _lines(each)
    found |= _lines(node.body[0])
    if done.cut.attributes:
        init = done.mixin.init
        assert init is not None
        found |= {init.lineno}
        found |= _lines(init.body[0]) | _lines(init.body[1])
    return found
