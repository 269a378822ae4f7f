"""Refuses the name of a mixin that is there already, however it is spelt."""

from collections.abc import Iterator
from pathlib import Path

from omnibase_core.cli.mixins.scaffolding.mixin_name import MixinName, squashed
from omnibase_core.cli.request_error import RequestError
from omnibase_core.discovery import MixinDiscovery
from omnibase_core.gates.known_mixins import read_known_mixins
from omnibase_core.gates.tree import Tree

__all__ = ["refuse_taken"]


def refuse_taken(name: MixinName, tree: Tree) -> None:
    """Raise an error if the tree has something of this name."""
    wanted = {squashed(name.stem), squashed(name.words)}
    for known, what in _known(tree):
        if squashed(known) not in wanted:
            continue
        if known in (name.key, name.mixin, name.stem):
            raise RequestError(f"{known} is there already: {what}", "another name")
        raise RequestError(
            f"{name.mixin} differs from {known}, {what}, in spelling only", "another name"
        )


def _known(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield every name that is taken, and what has it."""
    discovery = MixinDiscovery(tree.mixins)
    exempt = {each.name for each in discovery.get_infrastructure_mixins()}
    for mixin in discovery.names():
        what = "an infrastructure mixin" if mixin in exempt else "a mixin of the registry"
        yield mixin, what
        yield discovery.get_mixin_key(mixin), what
    for section, names in read_known_mixins(tree)[0].sections().items():
        for key, mixin in names.items():
            yield from (
                (each, f"one of the {section} in known_mixins.yaml") for each in (key, mixin)
            )
    yield from ((path.stem, f"the module {tree.shown(path)}") for path in _modules(tree.mixins))
    for path in _modules(tree.package / "models/contracts/subcontracts"):
        stem = path.stem.removeprefix("model_").removesuffix("_subcontract")
        yield stem, f"the capability of {tree.shown(path)}"


def _modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if not path.stem.startswith("_"))
