"""Puts `matrix` and its cases where the tests below find them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from carving import tree


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a repository with the package `pkg` and nothing in it; nobody writes to it."""
    folder = tmp_path_factory.mktemp("bare") / "tree"
    tree(folder, {})
    yield folder
    assert [path.name for path in (folder / "src/pkg").iterdir()] == ["__init__.py"]
