"""Each check explains itself with an example, in the words of the page about the checks."""

import re
from pathlib import Path

import pytest

from carve.checks.catalogue import AFTER, BEFORE

PAGE = (Path(__file__).parents[4] / "docs/checks.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def _parts(text: str) -> list[str]:
    """Return paragraphs without line ends, and code as it is."""
    parts = text.strip().split("```")
    return [part if n % 2 else " ".join(part.split()) for n, part in enumerate(parts)]


@pytest.mark.parametrize("name", [*BEFORE, *AFTER])
def test_it_says_what_the_page_says(name: str) -> None:
    docstring = str({**BEFORE, **AFTER}[name].__doc__)
    promise, _, explanation = docstring.partition("\n")
    assert promise.endswith(".")
    assert _parts(explanation) == _parts(SECTIONS[name])
    assert explanation.count("```") >= 2, "an example is missing"
