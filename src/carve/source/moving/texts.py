"""Write the two modules between which names move; moved lines stay byte for byte."""

import ast
import textwrap
from collections import defaultdict

from carve.source.imports import Import, add_imports, drop_imports, import_of, render
from carve.source.layout import Layout
from carve.source.members import Region
from carve.source.module import Module, is_type_checking
from carve.source.moving.choice import Choice
from carve.source.moving.exports import with_export, without_export
from carve.source.text import Source, Splice

__all__ = ["into_existing", "new_module", "place_in", "remainder"]

_TYPE_CHECKING = Import("typing", "TYPE_CHECKING")


def new_module(choice: Choice, path: str, summary: str, layout: Layout) -> Source:
    """Return the text of a module that is made for the moved names."""
    source = choice.module.source
    found = set(choice.runtime_imports)
    if choice.type_imports:
        found.add(_TYPE_CHECKING)
    found |= {Import("__future__", name) for name in choice.module.futures}
    parts = [f'"""{_sentence(summary)}"""\n']
    parts += [render(found, first_party=layout.first_party, width=layout.width)] if found else []
    parts += [_type_block(choice.type_imports, layout)] if choice.type_imports else []
    parts[-1] += "\n" if _is_definition(choice) else ""
    text = "\n".join([*parts, _joined(choice)])
    return Source(path, _ends(source, text), "utf-8")


def into_existing(choice: Choice, target: Module, layout: Layout) -> Source:
    """Return the text of the target with the names in it and all that they need."""
    own = frozenset(
        name
        for name, binding in target.bindings.items()
        if name in choice.names and binding.alias is not None
    )
    text = _ends(target.source, _joined(choice))
    line = place_in(choice, target)
    end = target.source.newline
    if line is None:
        gap = "" if target.source.text.endswith(("\n", "\r")) else end
        last = len(target.source.lines)
        put = Splice(last + 1, last, gap + end * (1 + _is_definition(choice)) + text)
    else:
        put = Splice(line, line - 1, text + end * (1 + _is_definition(choice)))
    splices = [put, *drop_imports(target, own, layout.width)]
    done = Module(target.name, target.source.splice(splices))
    missing = {item for item in choice.runtime_imports if _is_missing(item, target)}
    by_module: dict[tuple[str, bool], set[Import]] = defaultdict(set)
    for item in missing:
        by_module[item.module, item.name is None].add(item)
    for items in by_module.values():
        splice = add_imports(done, items, layout, _first_line(done, choice))
        done = Module(done.name, done.source.splice([splice]))
    done = _with_types(done, choice, target, layout)
    for name in choice.names:
        if name in choice.module.exported or not name.startswith("_"):
            done = with_export(done, name)
    return done.source


def place_in(choice: Choice, target: Module) -> int | None:
    """Return the line before which the names have to be defined; None for the end."""
    for node in target.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_exports(node):
            continue
        used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        if used & set(choice.names):
            decorators = getattr(node, "decorator_list", [])
            line: int = min([node.lineno, *(d.lineno for d in decorators)])
            while line - 1 in target.source.comments:
                line -= 1
            return line
    return None


def remainder(choice: Choice, layout: Layout) -> Source:
    """Return the text of the old module without the moved lines."""
    module = choice.module
    splices = [_removal(module.source, region) for region in choice.regions]
    splices += drop_imports(module, choice.drops - frozenset(choice.names), layout.width)
    text = module.source.splice(splices)
    if not module.source.text.startswith(("\r", "\n")):
        text = Source(text.path, text.text.lstrip("\r\n"), text.encoding)
    done = Module(module.name, text)
    wanted = {item.bound for item in choice.reimported}
    for name in choice.names:
        done = done if name in wanted else without_export(done, name)
    if wanted:
        lines = [
            node.lineno
            for node in ast.walk(done.tree)
            if isinstance(node, ast.Name) and node.id in wanted
        ]
        before = min(lines, default=len(done.source.lines) + 1)
        if not done.tree.body:
            return Source(text.path, _plain(choice, layout), text.encoding)
        splice = add_imports(done, choice.reimported, layout, before)
        done = Module(module.name, done.source.splice([splice]))
    return done.source


def _plain(choice: Choice, layout: Layout) -> str:
    text = render(choice.reimported, first_party=layout.first_party, width=layout.width)
    return _ends(choice.module.source, text)


def _with_types(done: Module, choice: Choice, target: Module, layout: Layout) -> Module:
    """Return the module with the imports for annotations in its block for type checkers."""
    missing = {item for item in choice.type_imports if _is_missing(item, target)}
    if not missing:
        return done
    end = done.source.newline
    if _is_missing(_TYPE_CHECKING, done):
        splice = add_imports(done, {_TYPE_CHECKING}, layout, _first_line(done, choice))
        done = Module(done.name, done.source.splice([splice]))
    first = _first_type(done)
    if first is not None:
        line = first.lineno
        text = _imported(missing, layout, done.source.indentation(line)).replace("\n", end)
    else:
        block = _type_block(missing, layout).replace("\n", end)
        imports = [n for n in done.tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        line = (imports[-1].end_lineno or imports[-1].lineno) + 1
        text = end + block
    return Module(done.name, done.source.splice([Splice(line, line - 1, text)]))


def _first_type(module: Module) -> ast.stmt | None:
    """Return the first statement of the module's block for type checkers, if it has lines."""
    for node in module.tree.body:
        body: list[ast.stmt] = getattr(node, "body", [])
        if is_type_checking(node) and body[0].lineno != node.lineno:
            return body[0]
    return None


def _type_block(items: set[Import], layout: Layout) -> str:
    return "if TYPE_CHECKING:\n" + _imported(items, layout, "    ")


def _imported(items: set[Import], layout: Layout, indent: str) -> str:
    width = layout.width - len(indent)
    text = render(items, first_party=layout.first_party, width=width)
    return textwrap.indent(text, indent)


def _is_missing(item: Import, target: Module) -> bool:
    if item.module == target.name:
        return False  # what the moved code imported from here is defined here
    known = target.bindings.get(item.bound)
    return known is None or known.alias is None or import_of(known, target) != item


def _first_line(module: Module, choice: Choice) -> int:
    lines = [b.node.lineno for name in choice.names if (b := module.bindings.get(name))]
    return min(lines, default=len(module.source.lines) + 1)


def _is_exports(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(getattr(target, "id", None) == "__all__" for target in targets)


def _is_definition(choice: Choice) -> bool:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(binding.node, kinds) for binding in choice.bindings)


def _joined(choice: Choice) -> str:
    source = choice.module.source
    texts = [source.slice(region.start, region.end) for region in choice.regions]
    texts = [text if text.endswith(("\n", "\r")) else text + "\n" for text in texts]
    return ("\n\n" if _is_definition(choice) else "").join(texts)


def _removal(source: Source, region: Region) -> Splice:
    """Remove the lines and the blank ones above them, or below where nothing stands above."""
    lines, start, end = source.lines, region.start, region.end
    if end < len(lines) and lines[end].strip():
        return Splice(start, end)
    while start > 1 and not lines[start - 2].strip() and "\f" not in lines[start - 2]:
        start -= 1
    return Splice(start, end)


def _sentence(summary: str) -> str:
    text = summary.strip().replace("\\", "\\\\").replace('"""', "'''")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _ends(source: Source, text: str) -> str:
    """Give the text the line ends of the file that it goes to."""
    plain = text.replace("\r\n", "\n")
    return plain if source.newline == "\n" else plain.replace("\n", source.newline)
