"""All pages about mixins by their path in the site, and the way to them."""

from collections.abc import Iterable, Iterator

from mixin_pages.entry import entry_page
from mixin_pages.facts import MixinFacts, gather, title_of
from mixin_pages.markup import code, joined, linked, table, text
from omnibase_core.discovery import MixinDiscovery
from omnibase_core.discovery.model_infrastructure_mixin import ModelInfrastructureMixin

__all__ = ["navigation", "render"]

_FOLDER = "mixins"
_INDEX = f"{_FOLDER}/index.md"
_INFRASTRUCTURE = f"{_FOLDER}/infrastructure.md"


def render(discovery: MixinDiscovery) -> dict[str, str]:
    """Return the Markdown of every page by its path."""
    mixins = gather(discovery)
    exempt = discovery.get_infrastructure_mixins()
    links = {each.name: f"infrastructure.md#{each.name.lower()}" for each in exempt}
    links |= {each.info.name: f"{each.stem}.md" for each in mixins}
    return {
        _INDEX: joined(*_index(mixins, links, len(exempt))),
        **{f"{_FOLDER}/{each.stem}.md": entry_page(each, links) for each in mixins},
        _INFRASTRUCTURE: joined(*_infrastructure(discovery, exempt)),
    }


def navigation(discovery: MixinDiscovery) -> list[str | dict[str, object]]:
    """Return the part of the site's navigation that leads to these pages."""
    sections: list[str | dict[str, object]] = [
        {
            title_of(category): [
                {each.name: f"{_FOLDER}/{_stem(discovery, each.name)}.md"}
                for each in discovery.get_mixins_by_category(category)
            ]
        }
        for category in discovery.get_categories()
    ]
    return [_INDEX, *sections, {"Infrastructure": _INFRASTRUCTURE}]


def _stem(discovery: MixinDiscovery, name: str) -> str:
    return discovery.get_mixin_key(name).removeprefix("mixin_")


def _index(mixins: list[MixinFacts], links: dict[str, str], exempt: int) -> Iterator[str]:
    ready = sum(each.implemented for each in mixins)
    yield "# Mixins"
    yield (
        "A node is a composition of mixins; each adds one capability and takes its settings from "
        f"a typed subcontract. Of the {len(mixins)} below, {ready} are implemented; the settings "
        f"of the others can be written and checked already. {exempt} more are "
        "[infrastructure](infrastructure.md) without settings."
    )
    yield "On the command line, `python -m omnibase_core mixins list` shows the same."
    for category in sorted({each.info.category for each in mixins}):
        yield f"## {title_of(category)}"
        members = [each for each in mixins if each.info.category == category]
        yield table(
            ("Mixin", "What it adds", "Version", "State"),
            [
                (
                    *linked([each.info.name], links),
                    text(each.info.description),
                    each.info.version.to_string(),
                    each.state,
                )
                for each in members
            ],
        )


def _infrastructure(
    discovery: MixinDiscovery, exempt: Iterable[ModelInfrastructureMixin]
) -> Iterator[str]:
    yield "# Infrastructure mixins"
    yield "Nodes are built with these too. They have no subcontract, each for its own reason."
    for each in exempt:
        yield f"## {text(each.name)}"
        state = "implemented" if discovery.is_implemented(each.name) else "planned"
        module = code(f"omnibase_core.mixins.{discovery.get_mixin_key(each.name)}")
        yield text(each.reason)
        yield f"A {text(each.kind.replace('_', ' '))}, {state}, in {module}."
