"""Python laid out as the formatter of the project lays it out."""

from collections.abc import Iterable

from omnibase_core.cli.mixins.scaffolding.mixin_name import WIDTH
from omnibase_core.cli.mixins.scaffolding.new_field import Value

__all__ = ["call", "import_of", "literal"]


def import_of(module: str, name: str) -> str:
    """Return an import of one name."""
    line = f"from {module} import {name}"
    return line if len(line) <= WIDTH else f"from {module} import (\n    {name},\n)"


def call(head: str, arguments: Iterable[str], indent: int) -> str:
    """Return what is called with its arguments, in one line, in three, or one a line."""
    given = list(arguments)
    pad = " " * indent
    inner = f"{pad}    {', '.join(given)}"
    if len(whole := f"{pad}{head}({', '.join(given)})") <= WIDTH:
        return whole
    if len(inner) > WIDTH:
        inner = "\n".join(f"{pad}    {each}," for each in given)
    return f"{pad}{head}(\n{inner}\n{pad})"


def literal(value: Value | None) -> str:
    """Return a value as it stands in code; texts have no double quotes."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return repr(value).replace("e+", "e")
