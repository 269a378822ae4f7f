"""How a class takes a mixin in: Python made of the code patterns of the registry."""

import ast
import builtins
import re
import textwrap
from collections.abc import Iterable, Iterator

from mixin_pages.facts import MixinFacts

__all__ = ["class_example", "object_example"]

_WIDEST = 88
_NAME = "TicketStore"
_ORIGINS = {
    "Any": "typing",
    "BaseModel": "pydantic",
    "MixinDiscovery": "omnibase_core.discovery",
    "ModelONEXContainer": "omnibase_core.models.container.model_onex_container",
    "NodeCoreBase": "omnibase_core.infrastructure.node_core_base",
    "TypeVar": "typing",
    "UUID": "uuid",
}
_KINDS = {"container": "ModelONEXContainer", "node_id": "UUID", "settings": "dict[str, Any]"}


def class_example(mixin: MixinFacts) -> str:
    """Return a module with a class that has the mixin, and an object of it if one can be made."""
    header, statement = _patterns(mixin)
    body = [f'"""{mixin.info.usage_examples[0]}."""']
    if _belongs_inside(statement):
        body += _constructor(statement)
    if "NodeCoreBase" in header:
        body += ["async def process(self, input_data: Any) -> Any:\n    return input_data"]
    made = f"{header}\n{textwrap.indent(_spaced(body, 1), '    ')}"
    variable = ['T = TypeVar("T")'] if "[T]" in header else []
    parts = [*variable, made, *_node(statement, mixin)]
    return _spaced([_spaced(_imports("\n".join(parts), mixin), 1), *parts], 2) + "\n"


def object_example(mixin: MixinFacts) -> str:
    """Return the statement that makes an object of things that only a caller has, or nothing."""
    _, statement = _patterns(mixin)
    return "" if _belongs_inside(statement) else f"made = {statement}"


def _patterns(mixin: MixinFacts) -> tuple[str, str]:
    """Return the header of the class and the statement that sets it up."""
    pattern = mixin.raw["code_patterns"]
    header = str(pattern["inheritance"]).replace("{Name}", _NAME)
    start = str(pattern["initialization"]).replace("{Name}", _NAME)
    return header, ast.unparse(ast.parse(start))


def _spaced(parts: Iterable[str], lines: int) -> str:
    """Return parts with that many empty lines between them."""
    return ("\n" * (lines + 1)).join(parts)


def _belongs_inside(statement: str) -> bool:
    """Return whether a statement is one of a constructor."""
    return statement.startswith(("self.", "super()"))


def _constructor(statement: str) -> Iterator[str]:
    if statement == "super().__init__(container)":
        return
    names = _free(statement)
    lines = [statement]
    if statement.startswith("self."):
        names = ["container", *names]
        lines = ["super().__init__(container)", statement]
    given = [f"{name}: {_KINDS.get(name, 'Any')}" for name in names]
    if "**values" in statement:
        given = ["**values: Any"]
    header = f"def __init__({', '.join(['self', *given])}) -> None:"
    yield "\n".join([header, *(f"    {line}" for line in lines)])


def _node(statement: str, mixin: MixinFacts) -> Iterator[str]:
    """Yield what makes a node, where it takes no more than a container and settings."""
    match _free(statement):
        case ["settings"]:
            preset = next(iter(mixin.info.presets))
            yield (
                f'settings = MixinDiscovery().get_preset("{mixin.info.name}", "{preset}")\n'
                f"node = {_NAME}(ModelONEXContainer(), settings)"
            )
        case ["container"]:
            yield f"node = {_NAME}(ModelONEXContainer())"


def _free(statement: str) -> list[str]:
    """Return the names that somebody has to provide."""
    names = [node.id for node in ast.walk(ast.parse(statement)) if isinstance(node, ast.Name)]
    ours = {"self", _NAME, *vars(builtins)}
    return [name for name in dict.fromkeys(names) if name not in ours and name.islower()]


def _imports(made: str, mixin: MixinFacts) -> Iterator[str]:
    """Yield the imports that a module needs, in groups as a formatter has them."""
    module, _, model = (mixin.info.subcontract_model or "").partition(":")
    origins = _ORIGINS | mixin.modules | {model: module}
    used = [name for name in origins if re.search(rf"\b{name}\b(?!\")", made)]
    groups: dict[int, dict[str, list[str]]] = {}
    for name in sorted(used):
        top = origins[name].partition(".")[0]
        group = {"omnibase_core": 2, "pydantic": 1}.get(top, 0)
        groups.setdefault(group, {}).setdefault(origins[name], []).append(name)
    for group in sorted(groups):
        yield "\n".join(_import(*each) for each in sorted(groups[group].items()))


def _import(origin: str, names: list[str]) -> str:
    line = f"from {origin} import {', '.join(names)}"
    if len(line) <= _WIDEST:
        return line
    return f"from {origin} import (\n    {', '.join(names)},\n)"
