"""Rewrite one file that takes moved names from their old module, so that it takes them anew."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from carve.source.imports import Import, add_imports, drop_imports
from carve.source.layout import Layout
from carve.source.module import Module
from carve.source.moving.chains import Chains, Rewritten
from carve.source.references.origins import Origins
from carve.source.references.spots import Spots
from carve.source.text import Source, Splice

__all__ = ["Users"]


@dataclass(frozen=True, slots=True)
class Users:
    """Code that takes `names` from the modules in `old` and is to take them from `new`."""

    old: frozenset[str]
    new: str
    names: frozenset[str]
    lost: frozenset[str]
    layout: Layout

    def rewrite(self, module: Module, origins: Origins) -> Rewritten:
        """Return the file's text with attributes first, then imports."""
        done = Rewritten(module.source)
        Chains(self.old, self.new, self.names, self.lost).rewrite(module, origins, done)
        self._imports(Module(module.name, done.source), done)
        return done

    def _imports(self, module: Module, done: Rewritten) -> None:
        splices: list[Splice] = []
        for node in module.nodes:
            if isinstance(node, ast.ImportFrom) and module.absolute(node) in self.old:
                taken = [alias for alias in node.names if alias.name in self.names]
                if taken:
                    splices += self._import(node, taken, module)
        done.source = done.source.splice(splices)
        self._merge(module, done)

    def _import(
        self, node: ast.ImportFrom, taken: list[ast.alias], module: Module
    ) -> Iterator[Splice]:
        """Yield the splices for one statement: sorted in at the top, in its place elsewhere."""
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        text = module.source.slice(lines[0], lines[-1])
        alone = text.strip().startswith("from") and ";" not in text
        if node in module.tree.body and alone and "#" not in text:
            items = {Import(self.new, alias.name, alias.asname) for alias in taken}
            bound = frozenset(alias.asname or alias.name for alias in taken)
            shrunk = ast.Module([node], [])
            yield self._sorted_in(node, items, module)
            yield from _only(drop_imports(module, bound, self.layout.width), shrunk.body)
            return
        spots = Spots(module.source)
        start, end = spots.span(node)
        written = module.source.text[start:end]
        moved = ", ".join(map(ast.unparse, taken))
        if len(taken) == len(node.names):
            dots = "." * node.level + (node.module or "")
            changed = (
                written.replace(dots, self.new, 1)
                if dots.strip(".")
                else (f"from {self.new} import {moved}")
            )
        else:
            kept = [alias for alias in node.names if alias not in taken]
            first = ast.unparse(ast.ImportFrom(node.module, kept, node.level))
            blanks = text[: len(text) - len(text.lstrip())] if alone else ""
            separator = module.source.newline + blanks if alone else "; "
            changed = f"{first}{separator}from {self.new} import {moved}"
        yield _replaced(module.source, spots, start, end, changed)

    def _sorted_in(self, node: ast.ImportFrom, items: set[Import], module: Module) -> Splice:
        """Return the splice that adds imports where they sort, in the block of `node`.

        What stands between two blocks may be what lets the second one work.
        """
        body = module.tree.body
        first = last = body.index(node)
        while first and isinstance(body[first - 1], ast.Import | ast.ImportFrom):
            first -= 1
        while last + 1 < len(body) and isinstance(body[last + 1], ast.Import | ast.ImportFrom):
            last += 1
        end = (body[last].end_lineno or body[last].lineno) + 1
        splice = add_imports(module, items, self.layout, end)
        if body[first].lineno <= splice.start <= end:
            return splice
        below = (node.end_lineno or node.lineno) + 1
        return Splice(below, below - 1, splice.text.lstrip("\r\n"))

    def _merge(self, module: Module, done: Rewritten) -> None:
        """Put plain imports at the top from the new module into one statement."""
        after = Module(module.name, done.source)
        plain = [
            node
            for node in after.tree.body
            if isinstance(node, ast.ImportFrom)
            and after.absolute(node) == self.new
            and not any(alias.asname or alias.name == "*" for alias in node.names)
            and "#" not in after.source.slice(node.lineno, node.end_lineno or node.lineno)
        ]
        if len(plain) < 2 or not any(a.name in self.names for n in plain for a in n.names):  # noqa: PLR2004 - one has nothing to merge with
            return
        names = {alias.name for node in plain for alias in node.names}
        first, *rest = plain
        items = {Import(self.new, name) for name in names}
        splice = add_imports(after, items, self.layout, first.lineno)
        text = splice.text.strip("\r\n") + after.source.newline
        splices = [Splice(first.lineno, first.end_lineno or first.lineno, text)]
        splices += [Splice(node.lineno, node.end_lineno or node.lineno) for node in rest]
        done.source = after.source.splice(splices)


def _only(splices: list[Splice], nodes: list[ast.stmt]) -> Iterator[Splice]:
    starts = {node.lineno for node in nodes}
    yield from (splice for splice in splices if splice.start in starts)


def _replaced(source: Source, spots: Spots, start: int, end: int, new: str) -> Splice:
    """Return the splice of whole lines in which only `start` to `end` changes."""
    first, last = spots.place(start)[0], spots.place(max(end - 1, start))[0]
    begin = spots.offset(first, 0)
    whole = source.slice(first, last)
    return Splice(first, last, whole[: start - begin] + new + whole[end - begin :])
