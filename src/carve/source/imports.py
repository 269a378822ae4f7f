"""The import block of a module: what a moved region needs, what stays, and how it is written."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from carve.source.layout import Layout
from carve.source.module import Binding, Module
from carve.source.text import Splice

_PREAMBLE = 3  # the first line that can be neither `#!` nor the declaration of the encoding


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """One imported name: `from module import name as alias`; `import module` has no name."""

    module: str
    name: str | None = None
    alias: str | None = None

    @property
    def bound(self) -> str:
        """Return the name that the import binds."""
        return self.alias or self.name or self.module.partition(".")[0]


def import_of(binding: Binding, module: Module) -> Import:
    """Return what a top-level import binds, with relative dots resolved to the absolute module."""
    alias = binding.alias
    assert alias is not None, "only bindings of imports are asked for"  # noqa: S101 - a type fact
    if isinstance(binding.node, ast.ImportFrom):
        return Import(module.absolute(binding.node), alias.name, alias.asname)
    return Import(alias.name, None, alias.asname)


def render(imports: Iterable[Import], *, first_party: frozenset[str], width: int) -> str:
    """Return import statements in sorted groups: standard library, third party, first party."""
    groups: dict[int, set[Import]] = defaultdict(set)
    for item in imports:
        groups[_group(item.module, first_party)].add(item)
    return "\n".join(_render_group(groups[rank], width) for rank in sorted(groups))


def add_imports(module: Module, items: set[Import], layout: Layout, before: int) -> Splice:
    """Return the splice that adds names of one module where a sorted block would have them.

    They come before the line `before`, which is the first that needs them.
    """
    first_party = layout.first_party
    text = _render_group(items, layout.width).replace("\n", module.source.newline)
    other = next(iter(items)).module
    group = _group(other, first_party)
    after = None
    imports = [node for node in _top_imports(module) if node.lineno < before]
    for node in imports:
        rank = (_group(_module_of(node, module), first_party), isinstance(node, ast.ImportFrom))
        if (*rank, _sort_key(_module_of(node, module))) <= (group, True, _sort_key(other)):
            after = node
    if after is not None:
        line = after.end_lineno or after.lineno
        gap = _group(_module_of(after, module), first_party) != group
        return Splice(line + 1, line, (module.source.newline if gap else "") + text)
    if imports:
        return Splice(imports[0].lineno, imports[0].lineno - 1, text)
    line, above = _line_without_imports(module)
    return Splice(line, line - 1, above + text + module.source.newline)


def drop_imports(module: Module, names: frozenset[str], width: int) -> list[Splice]:
    """Return the splices that remove the imports of `names`; other lines stay as they are."""
    splices = []
    for node in _top_imports(module):
        bound = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        if not bound & names:
            continue
        start, end = node.lineno, node.end_lineno or node.lineno
        kept = [alias for alias in node.names if _bound(alias) not in names]
        splices.append(Splice(start, end, _without(module, node, kept, width)))
    return splices


def _without(
    module: Module, node: ast.Import | ast.ImportFrom, kept: list[ast.alias], width: int
) -> str:
    if not kept:
        return ""
    lines = {alias.lineno for alias in node.names}
    if len(lines) == len(node.names) and node.lineno not in lines:
        # One name a line: the lines of the others stay byte for byte, comments included.
        gone = lines - {alias.lineno for alias in kept}
        last = node.end_lineno or node.lineno
        return "".join(
            module.source.lines[number - 1]
            for number in range(node.lineno, last + 1)
            if number not in gone
        )
    if isinstance(node, ast.Import):
        text = "import " + ", ".join(map(ast.unparse, kept)) + "\n"
    else:
        dots = "." * node.level + (node.module or "")
        text = _from(dots, [Import(dots, alias.name, alias.asname) for alias in kept], width)
    return text.replace("\n", module.source.newline)


def _top_imports(module: Module) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def _module_of(node: ast.Import | ast.ImportFrom, module: Module) -> str:
    return module.absolute(node) if isinstance(node, ast.ImportFrom) else node.names[0].name


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _line_without_imports(module: Module) -> tuple[int, str]:
    """Return where a module without imports gets its first one, and what comes before it."""
    first = module.tree.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return (first.end_lineno or first.lineno) + 1, module.source.newline
    line = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    while line - 1 in module.source.comments and line > _PREAMBLE:
        line -= 1
    return line, ""


def _group(module: str, first_party: frozenset[str]) -> int:
    top = module.partition(".")[0]
    if top == "__future__":
        return 0
    if not top or top in first_party:
        return 3
    return 1 if top in sys.stdlib_module_names else 2


def _sort_key(module: str) -> str:
    return module.lower()


def _render_group(group: set[Import], width: int) -> str:
    plain = sorted((i for i in group if i.name is None), key=lambda i: (i.module, i.alias or ""))
    lines = [_plain(item) for item in plain]
    by_module: dict[str, list[Import]] = defaultdict(list)
    for item in group - set(plain):
        by_module[item.module].append(item)
    for module in sorted(by_module, key=_sort_key):
        named = [item for item in by_module[module] if item.alias in (None, item.name)]
        lines += [_from(module, named, width)] if named else []
        others = sorted(set(by_module[module]) - set(named))
        lines += [_from(module, [item], width) for item in others]
    return "".join(lines)


def _plain(item: Import) -> str:
    return f"import {item.module}" + (f" as {item.alias}\n" if item.alias else "\n")


def _from(module: str, items: list[Import], width: int) -> str:
    names = [
        f"{item.name} as {item.alias}" if item.alias else str(item.name)
        for item in sorted(items, key=lambda item: _name_key(str(item.name)))
    ]
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= width:
        return line + "\n"
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"


def _name_key(name: str) -> tuple[int, str]:
    """Order names as isort does: constants, classes, then everything else."""
    if name.isupper() and len(name) > 1:
        return (0, name)
    return (1 if name[:1].isupper() else 2, name)
