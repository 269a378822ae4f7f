"""Write the module of a mixin: moved lines byte for byte, and the little around them."""

import ast
import textwrap
from collections.abc import Iterable

from carve.source.cut import Cut
from carve.source.imports import Import, import_of, render
from carve.source.layout import Layout
from carve.source.lookups import pieces
from carve.source.members import Region
from carve.source.needs import Need, parameters
from carve.source.text import Source

_TYPE_CHECKING = Import("typing", "TYPE_CHECKING")
_ANY = Import("typing", "Any")
_STUB = ("def ", "async def ", "@")


def write_mixin(
    cut: Cut, path: str, summary: str, needed: Iterable[Need], layout: Layout
) -> Source:
    """Return the module that holds the moved code as class `cut.target`."""
    needed = list(needed)
    source = cut.module.source
    step = _indent_step(cut)
    body = _body(cut, summary, needed, step, layout)
    end = source.newline
    parts = [_docstring(summary, "", layout.width), _imports(cut, needed, layout)]
    parts += [part for part in [_type_imports(cut, needed, layout, step)] if part]
    parts = [_ends(source, part) for part in parts]
    parts += [end + _moved(cut, region, layout) for region in cut.helper_regions]
    parts.append(f"{end}class {cut.target.name}:{end}{body}")
    return Source(path, end.join(parts), "utf-8")


def _body(cut: Cut, summary: str, needed: list[Need], step: str, layout: Layout) -> str:
    source = cut.module.source
    width = layout.width - 2 * len(step)
    blocks = [_class_docstring(summary, needed, step)]
    if cut.is_slotted:
        # Without it each instance would be given a __dict__ after all.
        blocks.append(f"{step}__slots__ = ()\n")
    if needed:
        # Attributes first, then methods, each set apart, as a formatter would have it.
        methods = [need.declaration for need in needed if need.declaration.startswith(_STUB)]
        plain = [need.declaration for need in needed if need.declaration not in methods]
        fitting = [_fitting(method, width, step) for method in methods]
        declared = "\n\n".join([*(["\n".join(plain)] if plain else []), *fitting])
        gap = "" if plain else "\n"
        declared = textwrap.indent(declared, step * 2)
        blocks.append(f"{step}if TYPE_CHECKING:\n{gap}{declared}\n")
    blocks = [_ends(source, block) for block in blocks]
    if cut.attributes:
        blocks.append(_constructor(cut, step))
    blocks += [_moved(cut, region, layout) for region in cut.regions]
    return source.newline.join(blocks)


def _fitting(stub: str, width: int, step: str) -> str:
    """Give each parameter a line of its own where the declaration is too long for one."""
    *decorators, line = stub.split("\n")
    if len(line) <= width:
        return stub
    head, _, rest = line.partition("(")
    node = ast.parse(line).body[0]
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)  # noqa: S101 - see Need
    given = parameters(node.args)
    lines = [f"{step}{each}," for each in given]
    return "\n".join([*decorators, f"{head}(", *lines, f"){rest[len(', '.join(given)) + 1 :]}"])


def _constructor(cut: Cut, step: str) -> str:
    # The moved lines keep the indentation that they have.
    inside = cut.module.source.indentation(cut.attributes[0].line)
    head = [
        f"{step}def __init__({cut.this}, *args: Any, **kwargs: Any) -> None:",
        _docstring(_task(cut, 88 - len(inside) - 6), inside, 88).rstrip("\n"),
        f"{inside}super().__init__(*args, **kwargs)",
        "",
    ]
    lines = [attribute.region for attribute in cut.attributes]
    source = cut.module.source
    return _ends(source, "\n".join(head)) + _verbatim(source, lines)


def _task(cut: Cut, width: int) -> str:
    """Return what the constructor does, as a sentence that fits into one line."""
    names = [f"`{each.name}`" for each in cut.attributes if not each.is_call]
    called = " and ".join(f"`{each.name}`" for each in cut.attributes if each.is_call)
    calling = [f"call {called}"] * bool(called)
    giving = [f"give the instance its own {', '.join(names)}"] * bool(names)
    text = _sentence(", then ".join([*giving, *calling]))
    if len(text) <= width:
        return text
    counted = [f"give the instance {len(names)} attributes of its own"] * bool(names)
    return _sentence(", then ".join([*counted, *calling]))


def _class_docstring(summary: str, needed: list[Need], step: str) -> str:
    if not needed:
        return _docstring(summary, step, 88)
    names = ", ".join(f"`self.{need.name}`" for need in needed)
    body = textwrap.fill(f"Needs {names} from the class that it is mixed into.", 88 - len(step))
    inside = textwrap.indent(f"{_sentence(summary)}\n\n{body}", step).lstrip()
    return f'{step}"""{inside}\n{step}"""\n'


def _docstring(summary: str, indent: str, width: int) -> str:
    text = _sentence(summary)
    if len(indent) + len(text) + 6 <= width:
        return f'{indent}"""{text}"""\n'
    filled = textwrap.fill(text, width - len(indent) - 3)
    return textwrap.indent(f'"""{filled}\n"""\n', indent)


def _sentence(summary: str) -> str:
    text = summary.strip().replace("\\", "\\\\").replace('"""', "'''")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def _imports(cut: Cut, needed: list[Need], layout: Layout) -> str:
    found = {import_of(cut.module.bindings[name], cut.module) for name in _imported(cut, "import")}
    if needed or _imported(cut, "type-only") or cut.reach.typed:
        found.add(_TYPE_CHECKING)
    if cut.attributes or any(_ANY in need.imports for need in needed):
        found.add(_ANY)
    future = [Import("__future__", name) for name in cut.module.futures]
    return render([*future, *found], first_party=layout.first_party, width=layout.width)


def _type_imports(cut: Cut, needed: list[Need], layout: Layout, step: str) -> str:
    bindings = cut.module.bindings
    runtime = {import_of(bindings[name], cut.module) for name in _imported(cut, "import")}
    found = {import_of(bindings[name], cut.module) for name in _imported(cut, "type-only")}
    found |= {item for need in needed for item in need.imports} - {_ANY}
    found |= {Import(cut.module.name, name) for name in cut.reach.typed}
    found = {item for item in found if item not in runtime}
    if not found:
        return ""
    block = render(found, first_party=layout.first_party, width=layout.width - len(step))
    return "if TYPE_CHECKING:\n" + textwrap.indent(block, step)


def _imported(cut: Cut, kind: str) -> list[str]:
    bindings = cut.module.bindings
    names = (cut.runtime_names - cut.reach.late) | cut.type_names | cut.reach.annotated
    return [name for name in names if name in bindings and bindings[name].kind == kind]


def _moved(cut: Cut, region: Region, layout: Layout) -> str:
    """Return the lines of the region, with the imports that its functions begin with now."""
    source, parts = cut.module.source, []
    for text, lookup in pieces(cut.module.source, region, cut.reach.lookups):
        parts.append(text)
        if lookup is not None:
            parts.append(_ends(source, lookup.text(cut.module, layout.width)))
    text = "".join(parts)
    return text if text.endswith(("\n", "\r")) else text + source.newline


def _verbatim(source: Source, regions: Iterable[Region]) -> str:
    text = "".join(source.slice(region.start, region.end) for region in regions)
    return text if text.endswith(("\n", "\r")) else text + source.newline


def _indent_step(cut: Cut) -> str:
    return cut.module.source.indentation(cut.host.node.body[0].lineno) or "    "


def _ends(source: Source, text: str) -> str:
    """Give lines that were written here the line end of the file that the code came from."""
    return text.replace("\n", source.newline)
