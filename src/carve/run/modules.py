"""Every line of a module that a plan takes apart: what it is, what held it, where it is now."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from carve.errors import Refused
from carve.report.evidence import LineFacts, ModuleFacts
from carve.run.following import Spot
from carve.run.hashes import blob_hash
from carve.run.tracing import lines_of
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["Held", "account_for", "module_facts"]

Held = Mapping[int, tuple[str, ...]]


def module_facts(
    module: Module, raw: bytes, classes: Sequence[str], spots: Sequence[Spot], held: Held
) -> ModuleFacts:
    """Return what became of each line of `module`, whose content was `raw`."""
    kinds, statements = _kinds(module), _statements(module.tree)
    scenarios = sorted({name for names in held.values() for name in names})
    index = {name: number for number, name in enumerate(scenarios)}
    sets: dict[str, int] = {}
    lines = []
    for number, spot in enumerate(spots, 1):
        kind, ran = kinds[number - 1], None
        if kind in ("code", "header", "import"):
            ran = next((held[n] for n in (number, *statements.get(number, ())) if n in held), None)
        known = None
        if ran is not None:
            known = sets.setdefault(_ranges([index[name] for name in ran]), len(sets))
        where = (spot.fate, spot.step, spot.path, spot.line)
        lines.append(LineFacts(number, kind, *where, known))
    return ModuleFacts(
        module=module.name,
        path=module.path,
        blob=blob_hash(raw) or "",
        classes=tuple(classes),
        lines=tuple(lines),
        scenarios=tuple(scenarios),
        sets=tuple(sets),
        text=tuple(lines_of(module.path, raw)),
    )


def account_for(facts: ModuleFacts, after: Workspace) -> None:
    """Raise unless every line is either dropped, or stands in `after` where it is said to."""
    texts: dict[str, list[str]] = {}
    if [line.line for line in facts.lines] != [*range(1, len(facts.text) + 1)]:
        raise _lost(facts, len(facts.lines), "the lines are not all there")
    for line, text in zip(facts.lines, facts.text, strict=True):
        if line.fate == "dropped":
            continue
        if line.path not in texts:
            texts[line.path] = lines_of(line.path, after.read(line.path))
        there = texts[line.path][line.now - 1 : line.now]
        if not there or (line.fate != "rewritten" and there[0] != text):
            raise _lost(facts, line.line, f"it does not stand at {line.path}:{line.now}")


def _lost(facts: ModuleFacts, line: int, message: str) -> Refused:
    return Refused(
        f"line {line} is not accounted for: {message}",
        check="lines-are-accounted-for",
        where=f"{facts.path}:{line}",
        instead="this is a fault of carve; please report it with the plan",
    )


def _kinds(module: Module) -> list[str]:
    special: dict[int, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            special |= dict.fromkeys(_range(node), "import")
        elif isinstance(node, ast.ClassDef):
            first = min(_first(statement) for statement in node.body)
            special |= dict.fromkeys(range(node.lineno, max(first, node.lineno + 1)), "header")
        for docstring in _docstrings(node):
            special |= dict.fromkeys(_range(docstring), "docstring")
    found = []
    for number, text in enumerate(module.source.lines, 1):
        plain = "blank" if not text.strip() else "code"
        if number in module.source.comments:
            plain = "comment"
        # A comment or a blank line below the head of a class is no part of the head.
        if special.get(number) == "header" and plain != "code":
            special.pop(number)
        found.append(special.get(number, plain))
    return found


def _docstrings(node: ast.AST) -> Iterator[ast.stmt]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None:
        yield node.body[0]


def _statements(tree: ast.Module) -> dict[int, tuple[int, ...]]:
    """Return for each line the lines at which the innermost statement may count as run."""
    found: dict[int, tuple[int, ...]] = {}
    # Outer statements come first, so that the innermost is the one that stays.
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            first = _first(node)
            last = node.end_lineno or node.lineno
            found |= dict.fromkeys(range(first, last + 1), (node.lineno, first))
    return found


def _first(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _range(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _ranges(numbers: Sequence[int]) -> str:
    """Return `0-4,9` for the numbers, which rise."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
