"""Let `old.Name` become `new.Name` in one file, with the import that this needs."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from carve.errors import Finding
from carve.source.module import Module
from carve.source.references.origins import Origins, Thing
from carve.source.references.spots import Spots
from carve.source.text import Source

__all__ = ["Chains", "Rewritten"]


@dataclass(slots=True)
class Rewritten:
    """The new text of a file, and what stands in the way of rewriting it."""

    source: Source
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chains:
    """Attributes `names` of the modules in `old` that become attributes of `new`.

    Those in `lost` will not be found in `old` any longer, so that none of them may stay.
    """

    old: frozenset[str]
    new: str
    names: frozenset[str]
    lost: frozenset[str]

    def rewrite(self, module: Module, origins: Origins, done: Rewritten) -> None:
        """Let `old.Name` become `new.Name`, with the import that this needs."""
        spots, text = Spots(module.source), module.source.text
        chains = list(self._chains(module, origins))
        by_root: dict[ast.alias, list[ast.Attribute]] = defaultdict(list)
        for node in chains:
            binder = _root(node, module, origins)
            exact = text[slice(*spots.span(node.value))] == ast.unparse(node.value)
            if binder is not None and exact and isinstance(node.ctx, ast.Load):
                by_root[binder].append(node)
            elif node.attr in self.lost or not isinstance(node.ctx, ast.Load):
                done.findings.append(_unclear(module, node, self.new))
        replaced: list[tuple[int, int, str]] = []
        for alias, nodes in by_root.items():
            statement = _statement(module, alias)
            local, line = self._local(alias, statement)
            if local.partition(".")[0] in _bound(module, origins) and not local.startswith(
                f"{alias.name.partition('.')[0]}."
            ):
                done.findings.append(_unclear(module, nodes[0], self.new))
                continue
            replaced += [(*spots.span(node.value), local) for node in nodes]
            replaced.append(
                self._beside(
                    module, statement, line, spots, last=_is_last(module, alias, nodes, statement)
                )
            )
        for start, end, new in sorted(replaced, reverse=True):
            text = text[:start] + new + text[end:]
        done.source = Source(module.path, text, module.source.encoding)

    def _chains(self, module: Module, origins: Origins) -> Iterator[ast.Attribute]:
        scopes = origins.scopes(module)
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and node.attr in self.names:
                meant = origins.meant(node.value, module, scopes.at(node))
                if any(Thing(old) in meant for old in self.old):
                    yield node

    def _local(self, alias: ast.alias, statement: ast.Import | ast.ImportFrom) -> tuple[str, str]:
        """Return what the new module is called in the file, and the import for it."""
        package, _, last = self.new.rpartition(".")
        if isinstance(statement, ast.Import) and alias.asname is None:
            return self.new, f"import {self.new}"
        return last, f"from {package} import {last}" if package else f"import {last}"

    def _beside(
        self,
        module: Module,
        statement: ast.Import | ast.ImportFrom,
        line: str,
        spots: Spots,
        *,
        last: bool,
    ) -> tuple[int, int, str]:
        """Return the edit that puts an import after another one, or in its place."""
        start, end = spots.span(statement)
        if last:
            return start, end, line
        text = module.source.lines[statement.lineno - 1]
        blanks = text[: len(text) - len(text.lstrip())]
        return end, end, f"{module.source.newline}{blanks}{line}"


def _root(node: ast.Attribute, module: Module, origins: Origins) -> ast.alias | None:
    """Return the one import that the chain before the name begins with."""
    root: ast.expr = node.value
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return None
    owner = origins.scopes(module).at(root).owner_of(root.id)
    binders = [b.node for b in owner.bound[root.id]] if owner is not None else []
    written = ast.unparse(node.value)
    aliases = [b for b in binders if isinstance(b, ast.alias)]
    if len(aliases) != len(binders):
        return None
    if len(aliases) > 1:  # `import a.b` and `import a.c` bind one name and agree
        aliases = [alias for alias in aliases if alias.name == written and not alias.asname]
    whole = bool(aliases) and (aliases[0].asname or aliases[0].name) == written
    return aliases[0] if len(aliases) == 1 and whole else None


def _statement(module: Module, alias: ast.alias) -> ast.Import | ast.ImportFrom:
    return next(
        node
        for node in module.nodes
        if isinstance(node, ast.Import | ast.ImportFrom) and alias in node.names
    )


def _bound(module: Module, origins: Origins) -> set[str]:
    return {name for scope in origins.scopes(module).every for name in scope.bound}


def _is_last(
    module: Module, alias: ast.alias, nodes: list[ast.Attribute], statement: ast.stmt
) -> bool:
    """Tell whether an import has no other use in the file than the chains."""
    written = ast.unparse(nodes[0].value)
    uses = sum(
        isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) == written
        for node in module.nodes
    )
    comment = "#" in module.source.lines[statement.lineno - 1]
    texts = alias.name in {n.value for n in module.nodes if isinstance(n, ast.Constant)}
    return (
        uses == len(nodes) and len(getattr(statement, "names", [])) == 1 and not (comment or texts)
    )


def _unclear(module: Module, node: ast.Attribute, new: str) -> Finding:
    return Finding(
        module.path,
        node.lineno,
        f"{ast.unparse(node)} is to lead to {new}, and is written so that it cannot be changed",
        f"import {node.attr!r} by name in this file first",
    )
