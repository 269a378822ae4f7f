"""The pages made of the registry are complete, and what they show runs, loads and leads on."""

import ast
import importlib
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from omnibase_core.cli.app import main
from omnibase_core.discovery import MixinDiscovery
from omnibase_core.utils.contract_yaml import load_subcontract

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "docs"))  # where mkdocs finds them too
fields = importlib.import_module("mixin_pages.fields")
markup = importlib.import_module("mixin_pages.markup")
pages = importlib.import_module("mixin_pages")

DISCOVERY = MixinDiscovery()
PAGES: dict[str, str] = pages.render(DISCOVERY)
MIXINS = {mixin.stem: mixin for mixin in pages.gather(DISCOVERY)}
SECTIONS = [
    "What it is for",
    "In a class",
    "Subcontract to paste",
    "Fields",
    "Presets",
    "Methods",
    "Properties",
    "Goes with",
    "Not together with",
    "Requires",
    "History",
]
every_page = pytest.mark.parametrize("path", PAGES)
every_mixin = pytest.mark.parametrize("stem", MIXINS)


def page(stem: str) -> str:
    return PAGES[f"mixins/{stem}.md"]


def section(stem: str, title: str) -> str:
    return page(stem).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ")]


def test_every_mixin_has_a_page_and_nothing_of_it_is_committed() -> None:
    named = {f"mixins/{each.stem}.md" for each in MIXINS.values()}
    assert set(PAGES) == {"mixins/index.md", "mixins/infrastructure.md", *named}
    assert len(named) == len(DISCOVERY.get_all_mixins())
    assert not (ROOT / "docs/mixins").exists()


def test_the_navigation_leads_to_every_page_once() -> None:
    def paths(entry: Any) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        below = entry.values() if isinstance(entry, dict) else entry
        return [path for each in below for path in paths(each)]

    assert sorted(paths(pages.navigation(DISCOVERY))) == sorted(PAGES)


@every_page
def test_its_links_lead_to_a_page_and_a_heading(path: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGES[path]):
        name, _, anchor = target.partition("#")
        text = PAGES[f"mixins/{name}" if name else path]
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        slugs = {re.sub(r"[\\`.]", "", each).lower().replace(" ", "-") for each in headings}
        assert not anchor or anchor in slugs, target


@every_mixin
def test_its_python_runs(stem: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(page(stem), encoding="utf-8")
    examples = list(Sybil(parsers=[PythonCodeBlockParser()]).parse(tmp_path / "page.md"))
    assert len(examples) == MIXINS[stem].implemented
    for example in examples:
        example.evaluate()
        made = example.namespace["TicketStore"]
        assert MIXINS[stem].info.name in [each.__name__ for each in made.__mro__]


@every_mixin
def test_python_that_cannot_run_yet_can_be_parsed(stem: str) -> None:
    for block in blocks(page(stem), "py"):
        assert ast.parse(block).body


@every_mixin
def test_its_subcontract_is_the_one_with_the_defaults(stem: str, tmp_path: Path) -> None:
    (text,) = blocks(page(stem), "yaml")
    (tmp_path / "subcontract.yaml").write_text(text, encoding="utf-8")
    model = MIXINS[stem].model
    assert load_subcontract(tmp_path / "subcontract.yaml", model, strict=True) == model()


@every_mixin
def test_its_command_prints_a_subcontract(
    stem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (command,) = blocks(page(stem), "sh")
    assert command.startswith("python -m omnibase_core ")
    assert main(shlex.split(command)[3:]) == 0
    (tmp_path / "subcontract.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert load_subcontract(tmp_path / "subcontract.yaml", MIXINS[stem].model, strict=True)


@every_mixin
def test_it_has_every_section_in_order(stem: str) -> None:
    found = re.findall(r"^## (.+)$", page(stem), re.MULTILINE)
    assert found == [each for each in SECTIONS if each in found]
    assert set(SECTIONS) - set(found) <= {"Methods", "Properties"}
    assert page(stem).startswith(f"# {MIXINS[stem].info.name}\n")


@every_mixin
def test_it_says_everything_that_the_registry_says(stem: str) -> None:
    mixin = MIXINS[stem]
    pattern = mixin.raw["code_patterns"]
    assert f"**Version:** {mixin.info.version}" in page(stem)
    assert f"**State:** {mixin.state}" in page(stem)
    for name in mixin.model.model_fields:
        assert f"\n| `{name}` | " in section(stem, "Fields")
    for name in mixin.info.presets:
        assert f"\n| `{name}` | " in section(stem, "Presets")
    for each in pattern["methods"]:
        assert f"| `{each['signature']}` |" in section(stem, "Methods")
    for each in pattern["properties"]:
        assert f"| `{each['name']}` | `{each['type']}` |" in section(stem, "Properties")
    for title, names in (
        ("Goes with", mixin.info.compatible_with),
        ("Not together with", [*mixin.info.incompatible_with, *mixin.refused_by]),
        ("Requires", mixin.info.requires),
    ):
        shown = re.findall(r"^- \[?`(.+?)`", section(stem, title), re.MULTILINE)
        assert shown == names
    assert len(rows(section(stem, "History"))) == 2 + len(mixin.raw["version_history"])


@every_mixin
def test_only_a_planned_mixin_is_called_planned(stem: str) -> None:
    assert ('!!! note "Planned"' in page(stem)) is not MIXINS[stem].implemented


@every_page
def test_its_tables_have_as_many_cells_in_each_row(path: str) -> None:
    for table in re.findall(r"(?:^\| .*\n?)+", PAGES[path], re.MULTILINE):
        plain = re.sub(r"`[^`]*`|\\\|", "", table)
        assert len({line.count("|") for line in plain.splitlines()}) == 1


def test_the_index_lists_every_mixin_below_its_category() -> None:
    parts = re.split(r"^## ", PAGES["mixins/index.md"], flags=re.MULTILINE)[1:]
    listed = {
        part.splitlines()[0]: re.findall(r"^\| \[`(\w+)`", part, re.MULTILINE) for part in parts
    }
    assert listed == {
        category.replace("_", " ").capitalize(): [
            info.name for info in DISCOVERY.get_mixins_by_category(category)
        ]
        for category in DISCOVERY.get_categories()
    }


def test_infrastructure_says_why_it_has_no_subcontract() -> None:
    for each in DISCOVERY.get_infrastructure_mixins():
        assert (
            f"## {markup.text(each.name)}\n\n{markup.text(each.reason)}\n"
            in (PAGES["mixins/infrastructure.md"])
        )


def test_a_preset_shows_only_what_it_changes() -> None:
    (row,) = [row for row in rows(section("retry", "Presets")) if row.startswith("| `quick` |")]
    assert "`base_delay_seconds`: `1.0` → `0.5`" in row
    assert "max_retries" not in row


def test_a_model_within_a_model_has_a_table_of_its_own() -> None:
    text = section("caching", "Fields")
    assert "| `key_strategy` | [object](#key_strategy) | its defaults |" in text
    inner = text.partition("### `key_strategy`")[2].partition("###")[0]
    assert "| `key_generation_method` | string | required |" in inner


def test_text_of_the_registry_stays_text(tmp_path: Path) -> None:
    registry = tmp_path / "mixins"
    shutil.copytree(DISCOVERY.mixins_path, registry, ignore=shutil.ignore_patterns("*.py"))
    path = registry / "mixin_metadata.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["mixin_retry"]["description"] = "a | b <script>\n# *c* [d](e) `f` & _g_"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    made = pages.render(MixinDiscovery(registry))
    escaped = r"a \| b &lt;script&gt; \# \*c\* \[d\](e) \`f\` &amp; \_g\_"
    assert f"\n{escaped}.\n" in made["mixins/retry.md"]
    assert f" | {escaped} | 1.0.0 | planned |" in made["mixins/index.md"]


@pytest.mark.parametrize(
    ("spec", "kind", "allowed"),
    [
        ({"type": "boolean"}, "boolean", ""),
        ({"type": "integer", "minimum": 1}, "integer", "≥ 1"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 9}, "number", "> 0, ≤ 9"),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "integer", "1 to 9"),
        ({"type": "string", "enum": ["a", "on"]}, "string", '`a`, `"on"`'),
        (
            {"type": "string", "minLength": 1, "pattern": "a|b"},
            "string",
            "≥ 1 characters, matches `a|b`",
        ),
        ({"type": "array", "items": {"type": "integer", "minimum": 1}}, "list of integer", "≥ 1"),
        ({"type": "array"}, "list", ""),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "mapping to string", ""),
        (
            {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
            "integer or null",
            "≥ 1",
        ),
        ({}, "any", ""),
    ],
)
def test_types_and_bounds_in_words(spec: dict[str, Any], kind: str, allowed: str) -> None:
    assert fields.kind(spec) == kind
    assert fields.allowed(spec) == allowed


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (None, "`null`"),
        (True, "`true`"),
        (0.5, "`0.5`"),
        ("", '`""`'),
        ("yes", '`"yes"`'),
        ("lru", "`lru`"),
        ([1, "a"], "`[1, a]`"),
        ({"a": {"b": []}}, "`{a: {b: []}}`"),
        ("a`b", '`` "a`b" ``'),
    ],
)
def test_a_value_is_written_as_in_a_contract(thing: object, shown: str) -> None:
    assert markup.value(thing) == shown
