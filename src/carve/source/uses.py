"""What a module can load: the dotted names and paths that stand in it, imported or as text."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from carve.errors import CarveError
from carve.source.module import Module
from carve.source.text import Source

__all__ = ["Uses", "names_in", "uses_of"]

# Whatever loads a module, or code, by something that is only known when it runs.
_LOADERS = frozenset(
    {"import_module", "__import__", "find_spec", "find_loader", "resolve_name", "run_module"}
)
_ALWAYS_COMPUTED = frozenset(
    {"spec_from_file_location", "spec_from_loader", "module_from_spec", "exec_module"}
    | {"load_module", "SourceFileLoader", "run_path", "iter_modules", "walk_packages"}
    | {"locate", "exec", "eval"}
)
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*\.pyi?\b")
_ANY_FILE = re.compile(r"\*[\w.-]*\.py")


@dataclass(frozen=True, slots=True)
class Uses:
    """What one module can load.

    Attributes:
        names: Dotted names, imported or in a text; beginnings of them are modules, or none is.
        paths: Paths of Python files in texts.
        computed: Why that may not be all, as `line 3 calls ...`; empty when it is.
    """

    names: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    computed: str = ""


@lru_cache(maxsize=4096)
def uses_of(name: str, path: str, raw: bytes) -> Uses:
    """Return what the module `name` in the file at `path`, holding `raw`, can load.

    Imports count wherever they stand: in functions, and those for type checkers alone. Texts
    count as well, as `patch` and importlib take names from them; docstrings do not.
    """
    try:
        module = Module(name, Source.decode(path, raw))
        tree = module.tree
    except CarveError as error:
        return Uses(computed=error.message)
    prose = _docstrings(tree)
    names: set[str] = set()
    paths: set[str] = set()
    computed: list[tuple[int, str]] = []
    given = _given_texts(tree)
    for node in ast.walk(tree):
        names.update(_imported(node, module))
        if (word := _loader(node, given)) is not None:
            computed.append((getattr(node, "lineno", 1), word))
        elif (text := _text(node)) and id(node) not in prose:
            names.update(names_in(text))
            paths.update(_PATH.findall(text))
            if _ANY_FILE.search(text):
                computed.append((getattr(node, "lineno", 1), "*.py"))
    first = min(computed, default=None)
    told = f"line {first[0]} loads what {first[1]} finds when it runs" if first else ""
    return Uses(frozenset(names), frozenset(paths), told)


def names_in(text: str) -> Iterator[str]:
    """Yield the dotted names in a text, and the text itself where it is one plain name."""
    yield from _NAME.findall(text)
    if text.isidentifier():
        yield text


def _imported(node: ast.AST, module: Module) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = module.absolute(node)
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")


def _loader(node: ast.AST, given: frozenset[int]) -> str | None:
    """Return the word by which the node may load what nobody can tell from the text."""
    if isinstance(node, ast.Name | ast.Attribute):
        word = node.id if isinstance(node, ast.Name) else node.attr
        if word in _LOADERS and id(node) not in given:
            return word
        if word == "path" and isinstance(node, ast.Attribute) and _is_sys(node.value):
            return "sys.path"
        # `re.compile` and a method called `locate` of one's own load nothing by themselves.
        alone = isinstance(node, ast.Name) or word not in {"exec", "eval", "locate"}
        return word if word in _ALWAYS_COMPUTED and alone else None
    if isinstance(node, ast.ImportFrom | ast.Import):
        renamed = [a.name for a in node.names if a.asname and a.name in _LOADERS]
        loose = [a.name for a in node.names if a.name in _ALWAYS_COMPUTED]
        return next(iter((*renamed, *loose)), None)
    text = _text(node)
    return text if text in _LOADERS | _ALWAYS_COMPUTED - {"exec", "eval", "locate"} else None


def _given_texts(tree: ast.Module) -> frozenset[int]:
    """Return the loaders that are called with a whole text: those say what they load."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            text = _text(node.args[0])
            if text and not text.startswith("."):
                found.add(id(node.func))
    return frozenset(found)


def _text(node: ast.AST) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _is_sys(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "sys"


def _docstrings(tree: ast.Module) -> frozenset[int]:
    """Return the texts that are statements of their own, which nobody reads."""
    return frozenset(id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr))
