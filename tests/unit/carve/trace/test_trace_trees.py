"""A tree is laid out as it stands in a commit, whatever is kept from releases."""

import subprocess
from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.trace.trees import tree_of


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    for path, text in {
        ".gitattributes": "tests export-ignore\nversion.txt export-subst\n",
        "tests/test_it.py": "",
        "sub/tests/test_sub.py": "",
        "version.txt": "$Format:%H$",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    author = ("-c", "user.name=a", "-c", "user.email=a@localhost")
    for words in (("init", "-q"), ("add", "-A"), (*author, "commit", "-q", "-m", "x")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def _laid(folder: Path, word: "str | None", target: Path) -> dict[str, str]:
    tree_of(word, folder).lay(target)
    files = (path for path in target.rglob("*") if path.is_file())
    return {path.relative_to(target).as_posix(): path.read_text() for path in files}


def test_a_commit_has_its_tests_even_if_releases_have_not(
    repository: Path, tmp_path: Path
) -> None:
    found = _laid(repository, "HEAD", tmp_path / "out")
    assert found == _laid(repository, None, tmp_path / "now")
    assert found["version.txt"] == "$Format:%H$"
    status = subprocess.check_output(["git", "status", "--short"], cwd=repository)
    assert status == b""


def test_a_folder_of_a_repository_is_laid_as_the_folder(repository: Path, tmp_path: Path) -> None:
    assert set(_laid(repository / "sub", "HEAD", tmp_path / "out")) == {"tests/test_sub.py"}


def test_a_word_that_is_no_tree_is_refused(repository: Path) -> None:
    with pytest.raises(CarveError, match="neither a commit nor a folder"):
        tree_of("nope", repository)
