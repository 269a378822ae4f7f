"""Puts `carving` where the tests below find it; pytest adds the folder of a conftest."""

from pathlib import Path

import pytest

# A repository of a test lives for a moment, so nothing of it has to survive a power failure.
_PLAIN = "[core]\n\tfsync = none\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let no configuration of whoever runs the tests reach git, which saves itself all upkeep."""
    plain: Path = tmp_path_factory.getbasetemp() / "gitconfig"
    if not plain.exists():
        plain.write_text(_PLAIN)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(plain))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
