"""Prove that the texts of a move are what they are meant to be."""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.module import Module
from carve.source.moving.choice import Choice
from carve.source.names import BUILTINS, used_by_statements
from carve.source.references.files import Files
from carve.source.references.scopes import Scopes
from carve.source.text import Source

__all__ = ["faults"]

_MODULE = frozenset({"__name__", "__file__", "__doc__", "__package__", "__spec__", "__path__"})


def faults(choice: Choice, texts: dict[str, Source], files: Files) -> Iterator[Finding]:
    """Yield each text that does not compile, lost something, or uses what it does not bind."""
    for path, source in texts.items():
        if not path.endswith(".py"):
            continue
        try:
            compile(source.encode(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            yield _fault(path, f"the new text does not compile: {error}")
            return
        after = Module(choice.module.name, source)
        raw = files.read(path)
        # A text such as Literal["a"] looks like a name that nothing binds, wherever it is.
        known = _unbound(choice.module)
        known |= _unbound(Module("", Source.decode(path, raw))) if raw is not None else set()
        dropped = choice.drops if path == choice.module.path else frozenset()
        for name in sorted(_unbound(after) - known - dropped):
            yield _fault(path, f"{name!r} would be used here and bound nowhere")
    yield from _whole(choice, texts)
    yield from _importable(choice, texts)


def _whole(choice: Choice, texts: dict[str, Source]) -> Iterator[Finding]:
    """Yield the moved lines that are not in the new text exactly once."""
    target = next(source for path, source in texts.items() if path != choice.module.path)
    plain = target.text.replace("\r\n", "\n")
    for region in choice.regions:
        text = choice.module.source.slice(region.start, region.end).replace("\r\n", "\n")
        if text.rstrip("\n") not in plain:
            yield _fault(choice.module.path, "moved lines are not the same any more", region.start)


def _importable(choice: Choice, texts: dict[str, Source]) -> Iterator[Finding]:
    module = choice.module
    after = Module(module.name, texts[module.path])
    lost = set(Scopes(module.tree).top.bound) - set(Scopes(after.tree).top.bound)
    for name in sorted(lost - choice.drops):
        yield _fault(module.path, f"{name!r} could no longer be imported from {module.name}")
    for name in sorted((choice.drops & set(after.bindings)) - choice.used_by_rest):
        yield Finding(module.path, 1, f"drops: {name!r} would still be there", "take it out")
    for name in sorted(choice.drops & choice.used_by_rest):
        yield Finding(
            module.path,
            1,
            f"{name!r} is still used in {module.name}, so it cannot be dropped",
            f"take {name!r} out of drops:",
        )


def _unbound(module: Module) -> set[str]:
    used = used_by_statements(module.source.text, postponed=False)
    return set(used.runtime | used.types) - set(module.bindings) - BUILTINS - _MODULE


def _fault(path: str, message: str, line: int = 1) -> Finding:
    return Finding(path, line, message, "this is a fault of carve: report it with the plan's step")
