"""What decides about a module is all that it imports, wherever and however it does."""

from pathlib import Path

from carving import tree

from carve.run.deletion.closure import closure


def test_imports_are_followed_also_relative_ones_and_those_in_functions(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": "from .sub import a\nimport os\n",
        "src/pkg/sub/__init__.py": "from pkg import b\n",
        "src/pkg/sub/a.py": "def f():\n    from ..c import x\n",
        "src/pkg/b.py": "import pkg.god\n",
        "src/pkg/c.py": "x = 1\n",
        "src/pkg/d.py": "x = 1\n",
        "src/pkg/broken.py": "x = (\n",
    }
    found = closure(tree(tmp_path, files), ["src/pkg/god.py", "src/pkg/gone.py"])
    names = ["__init__", "b", "c", "god", "sub/__init__", "sub/a"]
    assert found == [f"src/pkg/{name}.py" for name in names]
    assert closure(tree(tmp_path / "x", files), ["src/pkg/broken.py"]) == ["src/pkg/broken.py"]
