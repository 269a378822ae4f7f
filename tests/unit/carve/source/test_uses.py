"""A module uses what it imports anywhere, what its texts name, and what nobody can tell."""

import pytest

from carve.source.uses import Uses, uses_of


def _uses(text: str, name: str = "shop.till.desk") -> Uses:
    return uses_of(name, "src/shop/till/desk.py", text.encode())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import shop.stock", "shop.stock"),
        ("from shop import stock", "shop.stock"),
        ("from . import drawer", "shop.till.drawer"),
        ("from .. import stock as s", "shop.stock"),
        ("from ..stock import *", "shop.stock"),
        ("def f():\n    import shop.stock\n", "shop.stock"),
        ("if TYPE_CHECKING:\n    from shop.stock import Stock\n", "shop.stock.Stock"),
        ("patch('shop.stock.count')", "shop.stock.count"),
        ("TARGET = 'shop.stock:Stock'", "shop.stock"),
        ("import_module('stock')", "stock"),
        ("data = b'cshop.stock\\nStock\\n'", "cshop.stock"),
        ("CODE = 'from shop.stock import count'", "shop.stock"),
    ],
)
def test_what_is_imported_or_named_in_a_text_is_used(text: str, name: str) -> None:
    assert name in _uses(text).names
    assert not _uses(text).computed


def test_a_docstring_names_nothing() -> None:
    assert _uses('"""Like shop.stock."""\n').names == frozenset()


def test_a_path_in_a_text_is_a_file() -> None:
    assert _uses("SCRIPT = 'tools/count.py'").paths == {"tools/count.py"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("import_module(name)", "import_module"),
        ("importlib.import_module(f'shop.{part}')", "import_module"),
        ("import_module('.stock', __package__)", "import_module"),
        ("load = importlib.import_module", "import_module"),
        ("from importlib import import_module as load", "import_module"),
        ("getattr(importlib, 'import_module')", "import_module"),
        ("__import__(name)", "__import__"),
        ("find_spec(name)", "find_spec"),
        ("importlib.util.spec_from_file_location('x', path)", "spec_from_file_location"),
        ("pkgutil.walk_packages(p)", "walk_packages"),
        ("exec(code)", "exec"),
        ("sys.path.insert(0, folder)", "sys.path"),
        ("folder.glob('test_*.py')", "*.py"),
    ],
)
def test_what_is_only_known_when_it_runs_is_said(text: str, word: str) -> None:
    assert _uses(text).computed == f"line 1 loads what {word} finds when it runs"


@pytest.mark.parametrize(
    "text", ["re.compile(x)", "self.locate(x)", "os.path.join(a)", "import importlib"]
)
def test_what_only_looks_like_it_is_none(text: str) -> None:
    assert not _uses(text).computed


def test_a_file_that_does_not_parse_can_load_anything() -> None:
    assert "does not parse" in _uses("def (").computed
