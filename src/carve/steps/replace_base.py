"""Let subclasses inherit another class that comes to the same.

Before: `class Shop(OldStore)`.
After:  `class Shop(Store)`; `Store` has the very members that `OldStore` has.
"""

import ast
import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass, replace

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.plan.spec_symbols import ReplaceBaseSpec
from carve.source.imports import Import, add_imports, drop_imports
from carve.source.members import HostClass
from carve.source.module import Module
from carve.source.references.hierarchy import Hierarchy, differences, plain
from carve.source.references.kinds import asked_for
from carve.source.references.origins import Origins, Thing
from carve.source.references.spots import Spots
from carve.source.text import Source
from carve.steps.outcome import Planned, Skipped, refuse, refusing
from carve.workspace import Edit, Workspace

__all__ = ["ReplaceBase"]

_ASKED = ("names-exist", "same-members", "name-is-free", "kind-is-not-asked-for", "compiles")


@dataclass(frozen=True, slots=True)
class ReplaceBase:
    """Plan the replacement that `spec` describes."""

    spec: ReplaceBaseSpec

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        with refusing(self.spec.id):
            return self._plan(workspace)

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        family = Hierarchy(Origins(workspace))
        old, new = self._known(family, self.spec.source), self._known(family, self.spec.target)
        subclasses = [
            host
            for host in self._subclasses(family, workspace)
            if (host.module.path, host.name) != (new.module.path, new.name)
        ]
        if not subclasses:
            return Skipped(f"no class that is asked for inherits {self.spec.source.name} directly")
        self._refuse(self._unlike(old, new, family), "same-members")
        self._refuse(self._unlike_below(subclasses, family), "same-members")
        self._refuse(self._taken(subclasses, family), "name-is-free")
        self._refuse(self._asked_for(new, family, workspace), "kind-is-not-asked-for")
        edits = tuple(self._edits(subclasses, family, workspace))
        self._refuse(_broken(edits), "compiles")
        return Planned(
            title=self.spec.title,
            edits=edits,
            members=tuple(host.name for host in subclasses),
            lines=len(subclasses),
            modules=tuple(_modules(subclasses, workspace)),
            checks=len(_ASKED),
            asked=_ASKED,
        )

    def _known(self, family: Hierarchy, ref: ClassRef) -> HostClass:
        host = family.host(ref)
        if host is None:
            where = self.spec.place
            message = f"there is no class {ref}"
            finding = Finding(where.path, where.line, message, "check how it is spelt")
            self._refuse(iter([finding]), "names-exist")
            raise AssertionError
        return host

    def _subclasses(self, family: Hierarchy, workspace: Workspace) -> list[HostClass]:
        """Return the direct subclasses that are asked for, and refuse names that do not exist."""
        found: list[HostClass] = []
        old = _thing(self.spec.source)
        for path in workspace.mentioning([self.spec.source.name]):
            module = workspace.module_at(path)
            for node in module.nodes:
                if isinstance(node, ast.ClassDef):
                    host = HostClass(module, node)
                    if any(old in things for things in family.bases(host)):
                        found.append(host)
        for ref in self.spec.of:
            self._known(family, ref)
        wanted = {(ref.module, ref.name) for ref in self.spec.of}
        return [host for host in found if not wanted or (host.module.name, host.name) in wanted]

    def _unlike(self, old: HostClass, new: HostClass, family: Hierarchy) -> Iterator[Finding]:
        before, after = family.lineage(old), family.lineage(new)
        where = new.module.path, new.node.lineno
        if before is None or after is None:
            yield Finding(*where, "the order of its bases is impossible", "mend the bases")
            return
        for name, told in differences(before, after, family.origins):
            yield Finding(
                *where,
                f"{new.name} is not what {old.name} is: {name}: {told}",
                f"let both have the same {name}, or change the subclasses by hand",
            )

    def _unlike_below(self, subclasses: list[HostClass], family: Hierarchy) -> Iterator[Finding]:
        """Yield each subclass whose members would not be the same afterwards."""
        swap = _thing(self.spec.source), _thing(self.spec.target)
        for host in subclasses:
            before, after = family.lineage(host), family.lineage(host, swap)
            where = host.module.path, host.node.lineno
            if before is None or after is None:
                message = f"the bases of {host.name} would have no possible order"
                yield Finding(*where, message, "change the order of the other bases first")
                continue
            for name, told in differences(before, after, family.origins):
                message = f"{host.name} would change: {name}: {told}"
                yield Finding(*where, message, "leave it out of of:, or let both be the same")

    def _taken(self, subclasses: list[HostClass], family: Hierarchy) -> Iterator[Finding]:
        for host in subclasses:
            bound = family.origins.scopes(host.module).top.bound.get(self.spec.target.name)
            if bound and not self._has_new(host.module, family):
                message = f"{self.spec.target.name!r} means something else in {host.module.name}"
                yield Finding(host.module.path, host.node.lineno, message, "rename one of the two")

    def _has_new(self, module: Module, family: Hierarchy) -> bool:
        name, scopes = self.spec.target.name, family.origins.scopes(module)
        known = scopes.top.bound.get(name, [])
        own = module.name == self.spec.target.module
        return own or any(
            _thing(self.spec.target) in family.origins.bound_by(binder, module) for binder in known
        )

    def _asked_for(
        self, new: HostClass, family: Hierarchy, workspace: Workspace
    ) -> Iterator[Finding]:
        """Yield each `isinstance(x, Old)`, which subclasses would no longer satisfy."""
        lineage = family.lineage(new)
        if lineage and any(
            (one.module.name, one.name) == (self.spec.source.module, self.spec.source.name)
            for one in lineage.classes
        ):
            return
        for finding in asked_for(workspace, self.spec.source, family.origins):
            if not any(fnmatch.fnmatch(finding.path, pattern) for pattern in self.spec.leaves):
                yield finding

    def _edits(
        self, subclasses: list[HostClass], family: Hierarchy, workspace: Workspace
    ) -> Iterator[Edit]:
        by_path: dict[str, list[HostClass]] = {}
        for host in subclasses:
            by_path.setdefault(host.module.path, []).append(host)
        for path, hosts in by_path.items():
            source = self._rewritten(hosts, family, workspace)
            yield Edit(path, source.encode(), workspace.read(path))

    def _rewritten(
        self, hosts: list[HostClass], family: Hierarchy, workspace: Workspace
    ) -> Source:
        module, layout = hosts[0].module, workspace.layout
        spots, text = Spots(module.source), module.source.text
        old = _thing(self.spec.source)
        spans = [
            spots.span(plain(base))
            for host in hosts
            for base, things in zip(host.node.bases, family.bases(host), strict=True)
            if old in things
        ]
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + self.spec.target.name + text[end:]
        after = Module(module.name, Source(module.path, text, module.source.encoding))
        if not self._has_new(module, family):
            item = Import(self.spec.target.module, self.spec.target.name)
            splice = add_imports(after, {item}, layout, min(h.node.lineno for h in hosts))
            after = Module(module.name, after.source.splice([splice]))
        unused = frozenset(self._unused(after, workspace))
        return after.source.splice(drop_imports(after, unused, layout.width))

    def _unused(self, module: Module, workspace: Workspace) -> Iterator[str]:
        """Yield the names of the old class that the module imports for nobody any longer."""
        used = {node.id for node in module.nodes if isinstance(node, ast.Name)}
        others = workspace.mentioning([self.spec.source.name])
        for name, binding in module.bindings.items():
            alias = binding.alias
            if binding.kind != "import" or alias is None or alias.name != self.spec.source.name:
                continue
            words = any(name in str(n.value) for n in _texts(module))
            taken = any(
                taken == name and path != module.path
                for path in others
                for taken, _ in workspace.module_at(path).taken_from(module.name)
            )
            if name not in used and not words and not taken and alias.asname != alias.name:
                yield name

    def _refuse(self, findings: Iterator[Finding], check: str) -> None:
        refuse(self.spec.id, (replace(finding, check=check) for finding in findings))


def _texts(module: Module) -> list[ast.Constant]:
    found = [n for n in module.nodes if isinstance(n, ast.Constant)]
    return [node for node in found if isinstance(node.value, str)]


def _thing(ref: ClassRef) -> Thing:
    return Thing(ref.module, ref.name)


def _broken(edits: tuple[Edit, ...]) -> Iterator[Finding]:
    for edit in edits:
        try:
            compile(edit.after or b"", edit.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            message = f"the new text does not compile: {error}"
            yield Finding(edit.path, 1, message, "this is a fault of carve: report it")


def _modules(subclasses: list[HostClass], workspace: Workspace) -> Iterator[str]:
    """Yield the modules below the roots that change."""
    below = set(workspace.python_files())
    seen: set[str] = set()
    for host in subclasses:
        if host.module.path in below and host.module.name not in seen:
            seen.add(host.module.name)
            yield host.module.name
