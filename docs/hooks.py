"""Adds to the site what lies outside of `docs/`: the mixins' pages, README and changelog."""  # noqa: INP001 - mkdocs loads it by its path

import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mixin_pages import navigation, render
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from omnibase_core.discovery import MixinDiscovery

__all__ = ["on_config", "on_files"]

_ROOT = Path(__file__).parents[1]
_ELSEWHERE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the mixins into the navigation, and labels on the cells of all tables."""
    for entry in config.nav or []:
        if isinstance(entry, dict) and "Mixins" in entry:
            entry["Mixins"] = navigation(MixinDiscovery())
    extensions: list[Any] = config.markdown_extensions
    extensions.append(_Labels())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made or lie elsewhere; nothing is written to `docs/`."""
    pages = render(MixinDiscovery())
    for source, target in _ELSEWHERE.items():
        pages[target] = _relinked((_ROOT / source).read_text(encoding="utf-8"))
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def _relinked(text: str) -> str:
    """Return a page of the repository with its links as they are in the site."""
    text = text.replace("](docs/", "](")
    for source, target in _ELSEWHERE.items():
        text = re.sub(rf"\]\({re.escape(source)}(?=[)#])", f"]({target}", text)
    return text


class _Labels(Extension):
    """Tells each cell of a table what its column is called; narrow screens show that."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Come before the text within cells is made into elements."""
        md.treeprocessors.register(_Labeller(md), "cell-labels", 100)


class _Labeller(Treeprocessor):
    """Runs over a page when it is a tree."""

    def run(self, root: Element) -> None:
        """Give each cell the attribute `data-label`."""
        for table in root.iter("table"):
            labels = [cell.text or "" for cell in table.iterfind("thead/tr/th")]
            for row in table.iterfind("tbody/tr"):
                for label, cell in zip(labels, row, strict=False):
                    cell.set("data-label", label.strip("`"))
