"""The class's module stays the kind of file that it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from carving import HOST, extraction, god

from carve.checks.after import form_kept
from carve.source.extraction import Extraction
from carve.source.text import Source

TEXT = "import os\n\n\nclass God:\n    def run(self):\n        return os\n\n    stay = 1\n"


def _done(folder: Path, **changes: str) -> Extraction:
    workspace = god(folder, TEXT.replace("\n", "\r\n"))
    done = extraction(workspace, "run")
    return replace(done, host_source=replace(done.host_source, **changes))


def test_what_carve_writes_is_alike(tmp_path: Path) -> None:
    workspace = god(tmp_path, TEXT.replace("\n", "\r\n"))
    assert not list(form_kept.find(extraction(workspace, "run"), workspace))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"encoding": "latin-1"}, "utf-8 would become latin-1"),
        ({"text": "\ufeffstay = 1\r\n"}, "the mark of the byte order would come or go"),
        ({"text": "stay = 1\n"}, "lines would end in '\\n', which none did"),
    ],
)
def test_it_objects(changes: dict[str, str], message: str, tmp_path: Path) -> None:
    done = _done(tmp_path, **changes)
    (found,) = form_kept.find(done, god(tmp_path / "other", TEXT))
    assert (found.path, found.message) == (HOST, message)


def test_no_line_takes_on_the_end_of_a_few(tmp_path: Path) -> None:
    done = extraction(god(tmp_path, TEXT.replace("stay = 1\n", "stay = 1\r\n")), "run")
    assert not list(form_kept.find(done, god(tmp_path / "other", TEXT)))
    torn = replace(done, host_source=Source(HOST, done.host_source.text.replace("\n", "\r\n")))
    messages = [each.message for each in form_kept.find(torn, god(tmp_path / "third", TEXT))]
    assert "more lines would end in '\\r\\n' than before" in messages
