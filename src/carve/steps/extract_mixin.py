"""Move members from a class into a mixin that the class then inherits.

Before: `class NodeEffect(NodeCoreBase)` defines `with_retry` itself.
After:  `class NodeEffect(MixinRetry, NodeCoreBase)`; `mixin_retry.py` defines it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from carve.checks.along import reaching
from carve.checks.catalogue import AFTER, BEFORE, objections_after, objections_before, torn
from carve.checks.names_exist import missing_call, missing_helper, missing_member, read_host
from carve.checks.patching import Retargeted, loading, retarget
from carve.errors import Finding, Place, Refused, StepRefused
from carve.plan.specs import ExtractMixinSpec
from carve.source.attributes import attributes, calls
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import HostClass
from carve.source.mixin import write_mixin
from carve.source.needs import needs
from carve.source.remainder import write_remainder
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Edit, Workspace

__all__ = ["ExtractMixin"]


@dataclass(frozen=True, slots=True)
class ExtractMixin:
    """Plan the extraction that `spec` describes."""

    spec: ExtractMixinSpec
    registry: str | None = None

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        try:
            return self._plan(workspace)
        except StepRefused as error:
            raise StepRefused(list(error.findings), step=self.spec.id) from error
        except Refused as error:
            raise StepRefused([_finding_of(error)], step=self.spec.id) from error

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        host = read_host(self.spec.source, self.spec.place, workspace)
        if self._is_done(host, workspace):
            return Skipped(f"{self.spec.source.name} already inherits {self.spec.target.name}")
        cut = self._cut(host, workspace)
        self._refuse(torn(cut, workspace))
        patches = retarget(cut, workspace) if self.spec.retarget else Retargeted()
        workspace = workspace.after(patches.edits)
        cut = reaching(cut, workspace)
        self._refuse(objections_before(cut, workspace))
        done = self._extract(cut, workspace)
        edits = (*_edits(done, workspace), *patches.edits)
        self._refuse(objections_after(done, workspace.after(edits)))
        return Planned(
            title=self.spec.title,
            edits=edits,
            members=self.spec.moved,
            lines=cut.line_count,
            modules=(self.spec.target.module, self.spec.source.module),
            checks=len(BEFORE) + len(AFTER),
            notes=(
                *_along(cut, self.spec.helpers),
                *patches.notes,
                *_notes(done),
                *loading(workspace, done.before.name),
            ),
            asked=(*BEFORE, *AFTER),
        )

    def _is_done(self, host: HostClass, workspace: Workspace) -> bool:
        """Tell whether the target has every member and the host inherits it."""
        target = self.spec.target
        path = workspace.path_of(target.module)
        inherits = any(getattr(base, "id", None) == target.name for base in host.node.bases)
        if path is None or not inherits:
            return False
        module = workspace.module_at(path)
        node = module.class_named(target.name)
        if node is None:
            return False
        mixin = HostClass(module, node)
        return set(self.spec.members) <= set(mixin.every) | set(attributes(mixin))

    def _cut(self, host: HostClass, workspace: Workspace) -> Cut:
        assigned = attributes(host)
        known = {**assigned, **host.every}
        unknown = [name for name in self.spec.members if name not in known]
        self._refuse(missing_member(host, name, known, workspace) for name in unknown)
        bindings = host.module.bindings
        helpers = [name for name in self.spec.helpers if name not in bindings]
        self._refuse(missing_helper(host, name, bindings) for name in helpers)
        called = calls(host)
        strange = [name for name in self.spec.calls if name not in called]
        self._refuse(missing_call(host, name, called) for name in strange)
        wanted = set(self.spec.members)
        members = [member for name, member in host.every.items() if name in wanted]
        moved = [a for name, a in assigned.items() if name in wanted - set(host.every)]
        moved += [called[name] for name in self.spec.calls]
        return Cut(
            host,
            self.spec.target,
            tuple(members),
            tuple(sorted(moved, key=lambda attribute: attribute.line)),
            tuple(bindings[name] for name in self.spec.helpers),
            frozenset(self.spec.drops),
            frozenset(self.spec.leaves),
            self.spec.subcontract,
            self.registry,
        )

    def _extract(self, cut: Cut, workspace: Workspace) -> Extraction:
        lineage, _ = workspace.lineage(cut.host)
        summary = self.spec.summary or self.spec.why
        path = workspace.path_for(self.spec.target)
        mixin = write_mixin(cut, path, summary, needs(cut.offered, lineage), workspace.layout)
        return Extraction(cut, write_remainder(cut, workspace.layout), mixin)

    def _refuse(self, findings: Iterable[Finding]) -> None:
        found = list(findings)
        if found:
            raise StepRefused(found, step=self.spec.id)


def _finding_of(error: Refused) -> Finding:
    """Return what a file that cannot be read or parsed objects to."""
    where = error.where or Place("")
    return Finding(where.path, where.line, error.message, error.instead or "", error.check)


def _edits(done: Extraction, workspace: Workspace) -> tuple[Edit, ...]:
    # The mixin comes first: a reader of the half-written tree must not miss it.
    mixin, host = done.mixin_source, done.host_source
    return (
        Edit(mixin.path, mixin.encode(), workspace.read(mixin.path)),
        Edit(host.path, host.encode(), workspace.read(host.path)),
    )


def _along(cut: Cut, asked: Iterable[str]) -> tuple[str, ...]:
    names = sorted(cut.helper_names - set(asked))
    if not names:
        return ()
    return (f"{', '.join(names)} moved along: the mixin needs this as soon as it is imported",)


def _notes(done: Extraction) -> tuple[str, ...]:
    unused = sorted(done.unused_imports)
    if not unused:
        return ()
    lost = f"{done.before.name} no longer uses {', '.join(unused)}"
    return (f"{lost}; they stay importable from it unless the step lists them under drops:",)
