"""Take members out of any class of any file, and count what becomes of every token."""

import ast
import random
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from carve.checks.after import compiles, members_unchanged, tokens_conserved
from carve.checks.before import (
    attributes_move,
    conditional_definitions,
    helpers_move,
    relative_imports,
    special_members,
    statements_alone,
)
from carve.checks.catalogue import objections_before
from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.source.attributes import Attribute, attributes, calls
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import HostClass
from carve.source.mixin import write_mixin
from carve.source.module import Module
from carve.source.needs import needs
from carve.source.remainder import write_remainder
from carve.workspace import Workspace

__all__ = ["balance", "cuts", "extracted", "judge", "objections_to_texts", "unwritten"]

# What these object to, the text cannot be made for; the others speak of what it would do.
_TEXTUAL = frozenset(
    {"statements-alone", "conditional-definitions", "attributes-move", "special-members"}
    | {"helpers-move"}
)
_TEXTUAL_CHECKS = (
    *(statements_alone, conditional_definitions, special_members, attributes_move),
    *(helpers_move, relative_imports),
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
            cut = _drawn(host, inside, chance)
            if cut.members or cut.attributes:
                used = _globals(cut) if chance.random() < 0.5 else frozenset()
                helpers = [b for b in module.bindings.values() if b.name in used]
                taken = [b for b in helpers if b.kind == "helper" and b.node is not node]
                some = tuple(b for b in taken if chance.random() < 0.7)
                yield replace(cut, helpers=some)


def _globals(cut: Cut) -> frozenset[str]:
    try:
        return cut.runtime_names
    except SyntaxError:  # its lines hold more than the members
        return frozenset()


def _drawn(host: HostClass, inside: Mapping[str, Attribute], chance: random.Random) -> Cut:
    known = list(host.members.values())
    share = chance.choice((0.0, 0.0, 0.1, 0.4, 0.8, 1.0))
    members = [m for m in known if chance.random() < share]
    if not share and known:
        few = chance.sample(range(len(known)), min(len(known), chance.randint(1, 3)))
        members = [known[number] for number in sorted(few)]
    if any(member.name == "__init__" for member in members):
        moved = []
    else:
        moved = [a for a in inside.values() if chance.random() < (share or 0.1)]
    moved.sort(key=lambda each: each.line)
    return Cut(host, _TARGET, tuple(members), tuple(moved))


def judge(
    cut: Cut,
    workspace: Workspace,
    label: str,
    asked: Iterable[Finding] | None = None,
    *,
    alone: bool = False,
) -> Extraction | None:
    """Ask every check, and look at the texts; return them wherever they can be made."""
    found = list(objections_before(cut, workspace) if asked is None else asked)
    for each in found:
        assert all((each.path, each.line, each.message, each.instead)), (label, each)
        assert "fault of carve" not in each.instead, (label, each)
    if unwritten(found):
        return None
    done = extracted(cut, workspace, alone=alone)
    for check in (compiles, members_unchanged, tokens_conserved):
        objections = list(check.find(done, workspace))
        assert not objections, (label, objections)
    lost, added = balance(done)
    assert not lost, (label, f"lost: {lost}")
    assert not added, (label, f"added: {added}")
    return done


def objections_to_texts(cut: Cut, workspace: Workspace) -> list[Finding]:
    """Return what the few checks object to without which no text can be made."""
    found: list[Finding] = []
    for check in _TEXTUAL_CHECKS:
        name = check.__name__.rpartition(".")[2].replace("_", "-")
        found += [replace(each, check=name) for each in check.find(cut, workspace)]
        if found and check is statements_alone:
            break
    node, lines = cut.host.node, cut.module.source.lines
    if getattr(node, "type_params", []) or lines[node.lineno - 1].rstrip().endswith("\\"):
        instead = "write it on one line, without type parameters"
        at = cut.module.path
        found.append(Finding(at, node.lineno, "type parameters, or a backslash", instead))
    return found


def unwritten(found: Iterable[Finding]) -> bool:
    """Tell whether the objections are such that no text can be made."""
    found = list(found)
    unwritable = any(word in each.message for each in found for word in _UNWRITABLE)
    return unwritable or bool({each.check for each in found} & _TEXTUAL)


def extracted(cut: Cut, workspace: Workspace, *, alone: bool = False) -> Extraction:
    """Return the two texts; `alone` does not look for declarations in the bases, for speed."""
    lineage = [cut.host] if alone else workspace.lineage(cut.host)[0]
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
    return Counter(text for line, text in _all_tokens(module) if line not in left_out)


@lru_cache(maxsize=4)
def _all_tokens(module: Module) -> tuple[tuple[int, str], ...]:
    lines = iter([line.rstrip("\r\n") + "\n" for line in module.source.lines])
    tokens = tokenize.generate_tokens(lambda: next(lines, ""))
    return tuple((each.start[0], each.string) for each in tokens if each.type not in _BLANK)


def _lines(node: ast.stmt | ast.expr) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _imports(module: Module) -> set[int]:
    """Return the lines of imports, and of the statement by which annotations are resolved."""
    found: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= _lines(node)
    for each in module.tree.body:
        if isinstance(each, ast.Expr) and ast.unparse(each).startswith("vars(sys.modules["):
            found |= {each.lineno - 1, *_lines(each)}
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
    if len(node.body) > 1 and ast.unparse(node.body[1]) == "__slots__ = ()":
        found |= _lines(node.body[1])
    if done.cut.attributes:
        init = done.mixin.init
        assert init is not None
        found |= {init.lineno}
        found |= _lines(init.body[0]) | _lines(init.body[1])
    return found
