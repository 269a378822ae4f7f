"""Write what is left of the host's module: the moved lines gone, the mixin inherited."""

import ast
import re

from carve.source.cut import Cut
from carve.source.imports import Import, add_imports, drop_imports
from carve.source.layout import Layout
from carve.source.members import Region, bound_by
from carve.source.module import Module
from carve.source.text import Source, Splice

# `\w` does not know every letter that Python allows in a name.
_NAME = re.compile(r"\s*class\s+[^\s(:\[\\#]+")
_ONE_LINE = re.compile(
    r"(?P<head>(?P<indent>[ \t]*)class\s+[^\s(:]+)\(.*\):[ \t]*(?P<end>[\r\n]*)"
)


def write_remainder(cut: Cut, layout: Layout) -> Source:
    """Return the host's module after the extraction; only planned lines differ."""
    source = cut.module.source
    moved = [*cut.regions, *cut.helper_regions, *(a.region for a in cut.attributes)]
    splices = [_removal(source, region) for region in moved]
    if not cut.staying_nodes:
        splices[0] = _empty_body(cut)
    splices.append(_header(cut, layout.width))
    splices += drop_imports(cut.module, cut.drops - cut.helper_names, layout.width)
    splices += [telling(cut)] if cut.reach.resolved else []
    slimmer = Module(cut.module.name, _from_top(source.splice(splices), source))
    first = _first_need(slimmer, cut)
    added = [add_imports(slimmer, new_imports(cut), layout, first)]
    if cut.reach.resolved and "sys" not in cut.module.bindings:
        added.append(add_imports(slimmer, {Import("sys")}, layout, first))
    return slimmer.source.splice(added)


def telling(cut: Cut) -> Splice:
    """Return the statement by which annotations of the mixin are resolved as before.

    It follows the last definition that they name. The names are wanted in the mixin's module,
    where functions look for them, and that module cannot import them.
    """
    names = sorted(cut.reach.resolved)
    last = [n for n in cut.module.tree.body if n is cut.host.node or bound_by(n) & set(names)][-1]
    line = max(
        [last.end_lineno or last.lineno, *(r.end for r in cut.regions if last is cut.host.node)]
    )
    listed = ", ".join(f"{name}={name}" for name in names)
    lines = [
        "",
        "",
        f"# Annotations of {cut.target.name} name these, and are resolved in its module.",
        f"vars(sys.modules[{cut.target.name}.__module__]).update({listed})",
        "",
    ]
    source = cut.module.source
    start = "" if source.lines[line - 1].endswith(("\n", "\r")) else source.newline
    return Splice(line + 1, line, start + source.newline.join(lines))


def _from_top(source: Source, before: Source) -> Source:
    """Return the text without the blank lines that a removed first statement leaves on top."""
    if before.text.startswith(("\r", "\n")):
        return source
    return Source(source.path, source.text.lstrip("\r\n"), source.encoding)


def _first_need(slimmer: Module, cut: Cut) -> int:
    """Return the first line that uses a name which comes from the mixin's module now."""
    wanted = cut.helper_names | {cut.target.name}
    lines = [
        node.lineno
        for node in ast.walk(slimmer.tree)
        if isinstance(node, ast.Name) and node.id in wanted
    ]
    return min(lines, default=1)


def new_imports(cut: Cut) -> set[Import]:
    """Return the mixin, and each moved helper that the rest uses or that must stay importable."""
    found = {Import(cut.target.module, cut.target.name)}
    for name in cut.helper_names:
        if name in cut.used_by_rest or name in cut.module.exported:
            found.add(Import(cut.target.module, name))
        elif name not in cut.drops:
            found.add(Import(cut.target.module, name, name))
    return found


def _removal(source: Source, region: Region) -> Splice:
    """Remove the lines and the blank ones above them; below the first line of a body, those below.

    A line with nothing but blanks above is left alone when code follows directly, so that what
    follows is not joined to what stands before.
    """
    lines = source.lines
    start, end = region.start, region.end
    follows = end < len(lines) and bool(lines[end].strip())
    if follows:
        return Splice(start, end)
    while start > 1 and not lines[start - 2].strip() and "\f" not in lines[start - 2]:
        start -= 1
    return Splice(start, end)


def _header(cut: Cut, width: int) -> Splice:
    """Put the mixin first among the bases, so that it overrides all that the host did.

    A line of bases that would grow beyond `width` gets a line for each of them.
    """
    node, source = cut.host.node, cut.module.source
    line = source.lines[node.lineno - 1]
    matched = _NAME.match(line)
    assert matched is not None, "the line of a class statement names the class"  # noqa: S101
    rest = line[matched.end() :]
    bases = [*node.bases, *(keyword.value for keyword in node.keywords)]
    opened = rest.lstrip()
    if not opened.startswith("("):
        rest = f"({cut.target.name}){rest}"
    elif not bases:
        rest = rest.replace("(", f"({cut.target.name}", 1)
    elif opened.rstrip("\r\n") == "(":
        # One base a line: the mixin gets a line of its own, indented like the others.
        below = source.lines[bases[0].lineno - 1]
        indent = below[: len(below) - len(below.lstrip())]
        rest = f"{rest}{indent}{cut.target.name},{source.newline}"
    else:
        rest = rest.replace("(", f"({cut.target.name}, ", 1)
    new = line[: matched.end()] + rest
    listed = _ONE_LINE.fullmatch(new)
    if listed is not None and len(new.rstrip()) > width:
        new = _one_a_line(listed, [cut.target.name, *_written(cut)], source.newline)
    return Splice(node.lineno, node.lineno, new)


def _written(cut: Cut) -> list[str]:
    """Return the bases and keywords of the host as they are written."""
    node, text = cut.host.node, cut.module.source.text
    named = (f"{each.arg}=" if each.arg else "**" for each in node.keywords)
    parts = [
        *(("", base) for base in node.bases),
        *zip(named, (each.value for each in node.keywords), strict=True),
    ]
    return [f"{name}{ast.get_source_segment(text, value)}" for name, value in parts]


def _one_a_line(listed: re.Match[str], parts: list[str], newline: str) -> str:
    indent = listed["indent"]
    lines = [f"{indent}    {part}," for part in parts]
    return newline.join([f"{listed['head']}(", *lines, f"{indent}):{listed['end']}"])


def _empty_body(cut: Cut) -> Splice:
    """Put `pass` where the first member was; a body needs a statement."""
    first, source = cut.regions[0], cut.module.source
    line = source.lines[cut.host.node.body[0].lineno - 1]
    indent = line[: len(line) - len(line.lstrip())]
    return Splice(first.start, first.end, f"{indent}pass{source.newline}")
