"""Merge members that several classes have nearly alike into a mixin that all of them inherit.

Before: `NodeEffect` and `NodeCompute` define `_load` each, with `ModelEffect` or `ModelCompute`.
After:  both inherit `MixinLoader` with one `_load`, which reads `self.contract_model_class`; each
        has a class attribute of that name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from carve.checks.catalogue import AFTER, BEFORE, objections_after, objections_before
from carve.checks.keywords import keywords_fit
from carve.checks.merging import (
    MERGING,
    borrowed,
    globals_agree,
    named,
    names_are_free,
    objections_to_merging,
)
from carve.checks.names_exist import missing_helper, missing_member, read_host
from carve.errors import Finding, Place, Refused, StepRefused
from carve.plan.spec_merge_members import MergeMembersSpec
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import HostClass
from carve.source.merge.comparison import Comparison, compare
from carve.source.merge.faith import unfaithful
from carve.source.merge.places import Parameter
from carve.source.merge.renaming import renamed
from carve.source.merge.result import extracted, unused_imports
from carve.source.merge.stage import Staged, Stages, Unwritable, Wording, stage
from carve.source.merge.telling import differences, notes
from carve.source.mixin import write_mixin
from carve.source.needs import common_needs
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Edit, Workspace

__all__ = ["MergeMembers"]


@dataclass(frozen=True, slots=True)
class MergeMembers:
    """Plan the merge that `spec` describes."""

    spec: MergeMembersSpec
    registry: str | None = None

    def plan(self, workspace: Workspace) -> Planned | Skipped:
        """Return the edits; the disk stays as it is. Raises StepRefused with all objections."""
        try:
            return self._plan(workspace)
        except StepRefused as error:
            raise StepRefused(list(error.findings), step=self.spec.id) from error
        except Refused as error:
            where = error.where or Place("")
            found = Finding(where.path, where.line, error.message, error.instead or "")
            raise StepRefused([found], step=self.spec.id) from error

    def _plan(self, workspace: Workspace) -> Planned | Skipped:
        place = self.spec.place
        hosts = tuple(read_host(ref, place, workspace) for ref in self.spec.sources)
        if self._is_done(hosts, workspace):
            names = " and ".join(host.name for host in hosts)
            return Skipped(f"{names} already inherit {self.spec.target.name}")
        self._refuse_unknown(hosts)
        hosts, current = self._renamed(hosts, workspace)
        parameters = self._parameters()
        self._refuse(self._objections(hosts, parameters, current))
        found = compare(hosts, self.spec.members, parameters, self.spec.hooks, self.spec.fills)
        self._refuse_differences(found)
        staged, model = self._staged(found, workspace)
        self._refuse(named("merge-is-faithful", unfaithful(found, staged)))
        between = current.after(_text_edits(each.host for each in staged))
        cuts = tuple(self._cut(each) for each in staged)
        objections = [f for cut in cuts for f in objections_before(cut, between)]
        objections += named("globals-agree", globals_agree(cuts))
        aliases = map(self._aliases, range(len(hosts)))
        objections += named("keywords-fit", keywords_fit(found, aliases, workspace))
        self._refuse(objections)
        done = self._extracted(cuts, self._cut(model), between)
        edits = _edits(done, workspace)
        after = workspace.after(edits)
        self._refuse(f for each in done for f in objections_after(each, after))
        aside = borrowed(hosts, self.spec.members, workspace) if found.places else []
        return self._planned(found, done, edits, aside)

    def _planned(
        self,
        found: Comparison,
        done: tuple[Extraction, ...],
        edits: tuple[Edit, ...],
        aside: Iterable[str],
    ) -> Planned:
        asked = (*MERGING, *BEFORE, *AFTER)
        return Planned(
            title=self.spec.title,
            edits=edits,
            members=self.spec.moved,
            lines=sum(each.cut.line_count for each in done),
            modules=(self.spec.target.module, *(each.before.name for each in done)),
            checks=len(asked),
            notes=(*notes(found), *aside, *unused_imports(done)),
            asked=asked,
            differences=differences(found),
        )

    def _is_done(self, hosts: tuple[HostClass, ...], workspace: Workspace) -> bool:
        """Tell whether the target has every member and all hosts inherit it."""
        target = self.spec.target
        path = workspace.path_of(target.module)
        inherited = [
            any(getattr(base, "id", None) == target.name for base in host.node.bases)
            for host in hosts
        ]
        if path is None or not all(inherited):
            return False
        module = workspace.module_at(path)
        node = module.class_named(target.name)
        return node is not None and set(self.spec.members) <= set(HostClass(module, node).members)

    def _refuse_unknown(self, hosts: tuple[HostClass, ...]) -> None:
        for number, host in enumerate(hosts):
            names = [self.spec.name_in(number, member) for member in self.spec.members]
            self._refuse(
                missing_member(host, name, list(host.members))
                for name in names
                if name not in host.members
            )
            bindings = list(host.module.bindings)
            self._refuse(
                missing_helper(host, name, bindings)
                for name in self.spec.helpers
                if name not in host.module.bindings
            )
        dropped = {name for host in hosts for name in host.module.bindings}
        self._refuse(
            missing_helper(hosts[0], name, dropped)
            for name in self.spec.drops
            if name not in dropped
        )

    def _renamed(
        self, hosts: tuple[HostClass, ...], workspace: Workspace
    ) -> tuple[tuple[HostClass, ...], Workspace]:
        """Return the hosts with the names that the members have in the mixin."""
        named_alike: list[HostClass] = []
        for number, each in enumerate(hosts):
            host, aliases = each, self._aliases(number)
            free = names_are_free(aliases.values(), (host,), workspace)
            self._refuse(named("names-are-free", free))
            for old, new in aliases.items():
                line = host.members[old].line
                made = renamed(host, old, new)
                if isinstance(made, str):
                    way_out = f"call it {new!r} first, or leave this member where it is"
                    found = Finding(host.module.path, line, made, way_out, "renames-are-plain")
                    raise StepRefused([found])
                host = made
            named_alike.append(host)
        return tuple(named_alike), workspace.after(_text_edits(named_alike))

    def _aliases(self, number: int) -> dict[str, str]:
        """Return the old names that a host keeps, with the new ones."""
        names = {rename.was[number]: rename.name for rename in self.spec.renames}
        return {old: new for old, new in names.items() if old != new}

    def _parameters(self) -> tuple[Parameter, ...]:
        parts = self.spec.parameters
        return tuple(Parameter.read(each.name, each.values, each.annotation) for each in parts)

    def _objections(
        self, hosts: tuple[HostClass, ...], parameters: tuple[Parameter, ...], workspace: Workspace
    ) -> list[Finding]:
        wanted = set(self.spec.members)
        cuts = tuple(
            Cut(host, self.spec.target, tuple(m for n, m in host.members.items() if n in wanted))
            for host in hosts
        )
        return list(objections_to_merging(cuts, parameters, self.spec.hooks, workspace))

    def _refuse_differences(self, found: Comparison) -> None:
        path = found.hosts[0].module.path
        table = [each for each in differences(found) if not each.cover]
        self._refuse(
            Finding(
                path,
                line,
                ": ".join([message, *(str(each) for each in table if each.line == line)]),
                instead,
                "members-align",
            )
            for line, message, instead in found.problems
        )

    def _staged(self, found: Comparison, workspace: Workspace) -> Stages:
        try:
            aliases = [self._aliases(number) for number in range(len(found.hosts))]
            written = Wording(self.spec.target.name, tuple(aliases), workspace.layout)
            return stage(found, self.spec.members, written)
        except Unwritable as error:
            path = found.hosts[0].module.path
            message = "this difference stands where carve cannot write a parameter or a call"
            instead = "write it as one plain text or expression first, alike in all classes"
            self._refuse([Finding(path, error.line, message, instead, "members-align")])
            raise

    def _cut(self, staged: Staged) -> Cut:
        host = staged.host
        bindings = host.module.bindings
        kept = staged.keeps
        return Cut(
            host,
            self.spec.target,
            tuple(member for name, member in host.members.items() if name in staged.moving),
            (),
            tuple(bindings[name] for name in self.spec.helpers),
            frozenset(self.spec.drops) & frozenset(bindings),
            frozenset(self.spec.leaves) | kept,
            self.spec.subcontract,
            self.registry,
            kept,
        )

    def _extracted(
        self, cuts: tuple[Cut, ...], model: Cut, workspace: Workspace
    ) -> tuple[Extraction, ...]:
        lineages = [workspace.lineage(cut.host)[0] for cut in cuts]
        needed = common_needs(model.offered, lineages)
        path = workspace.path_for(self.spec.target)
        summary = self.spec.summary or self.spec.why
        mixin = write_mixin(model, path, summary, needed, workspace.layout)
        return extracted(cuts, mixin, workspace.layout)

    def _refuse(self, findings: Iterable[Finding]) -> None:
        if found := list(findings):
            raise StepRefused(found, step=self.spec.id)


def _text_edits(hosts: Iterable[HostClass]) -> list[Edit]:
    sources = [host.module.source for host in hosts]
    return [Edit(source.path, source.encode(), None) for source in sources]


def _edits(done: tuple[Extraction, ...], workspace: Workspace) -> tuple[Edit, ...]:
    # The mixin comes first: a reader of the half-written tree must not miss it.
    sources = [done[0].mixin_source, *(each.host_source for each in done)]
    return tuple(
        Edit(source.path, source.encode(), workspace.read(source.path)) for source in sources
    )
