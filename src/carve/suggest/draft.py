"""A draft of a plan: the engine plans each step, which is fitted until nothing objects to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carve.errors import CarveError, Finding, Place, Refused, StepRefused
from carve.plan.refs import ClassRef
from carve.plan.specs import ExtractMixinSpec
from carve.source.members import HostClass
from carve.steps.catalogue import step_for
from carve.steps.outcome import Planned
from carve.suggest.mend import Mender
from carve.suggest.wish import Wish
from carve.workspace import Workspace

__all__ = ["Draft", "Drafted", "Proposal", "Stay", "draft"]

_ROUNDS = 40
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """Members that might become a mixin, and what it would be called."""

    target: ClassRef
    members: tuple[str, ...]
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A step that every check accepts on the tree that the steps before it leave.

    Attributes:
        step: The step, keyed as in a plan.
        lines: How many lines it moves.
        added: Members that were in no cluster and come along, because only moved code uses them.
        checks: How many checks had nothing to object.
    """

    step: dict[str, Any]
    lines: int
    added: tuple[str, ...]
    checks: int


@dataclass(frozen=True, slots=True)
class Stay:
    """Members that the draft leaves in the class, why, and what could be done about it."""

    members: tuple[str, ...]
    reason: str
    where: str | None = None
    instead: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The steps in their order, and what stays."""

    steps: tuple[Drafted, ...]
    stays: tuple[Stay, ...]


def draft(host: ClassRef, proposals: Sequence[Proposal], workspace: Workspace) -> Draft:
    """Return the steps that can be carried out, one on top of the other; nothing is written."""
    steps: list[Drafted] = []
    stays: list[Stay] = []
    for index, proposal in enumerate(proposals):
        rest = frozenset(name for later in proposals[index + 1 :] for name in later.members)
        fitting = _Fitting(host, proposal, f"{len(steps) + 1:02}", rest, workspace)
        wish, planned, findings = fitting.fitted()
        stays += _stays(wish, findings)
        if planned is not None:
            step = fitting.step(wish)
            steps.append(Drafted(step, planned.lines, wish.added, planned.checks))
            workspace = workspace.after(planned.edits)
    return Draft(tuple(steps), tuple(stays))


@dataclass(frozen=True)
class _Fitting:
    """One proposal on the tree that the steps before it leave."""

    source: ClassRef
    proposal: Proposal
    number: str
    elsewhere: frozenset[str]
    workspace: Workspace

    def fitted(self) -> tuple[Wish, Planned | None, tuple[Finding, ...]]:
        """Return what can be asked for with its outcome, or the last wish and what objects."""
        wish = Wish(self.proposal.members)
        host = _host(self.source, self.workspace)
        if host is None:
            return wish, None, (_gone(self.source),)
        mender = Mender(host, self.elsewhere)
        for _ in range(_ROUNDS):
            if len(wish.members) < _FEWEST or not any(n in host.members for n in wish.members):
                return wish, None, (_too_little(host),)
            wish = mender.dropping(wish)
            planned, findings = self._asked(wish)
            if planned is not None:
                return wish, planned, ()
            mended = mender.mended(wish, findings)
            if mended is None:
                return wish, None, findings
            wish = mended
        return wish, None, findings

    def step(self, wish: Wish) -> dict[str, Any]:
        """Return the step, keyed as in a plan."""
        slug = self.proposal.target.module.rpartition(".")[2].removeprefix("mixin_")
        lists = {
            "helpers": wish.helpers,
            "leaves": wish.leaves,
            "drops": tuple(sorted(wish.drops)),
        }
        return {
            "id": f"{self.number}-{slug.replace('_', '-')}",
            "do": "extract_mixin",
            "from": str(self.source),
            "to": str(self.proposal.target),
            "members": list(wish.members),
            **{key: list(names) for key, names in lists.items() if names},
            "summary": self.proposal.summary,
            "why": self.proposal.why,
        }

    def _asked(self, wish: Wish) -> tuple[Planned | None, tuple[Finding, ...]]:
        try:
            # No id of a plan's is asked of it here: words of other scripts are no id.
            step = {**self.step(wish), "id": f"{self.number}-draft"}
            outcome = step_for(ExtractMixinSpec.model_validate(step)).plan(self.workspace)
        except StepRefused as error:
            return None, error.findings
        except CarveError as error:
            where = error.where or Place(self.source.module)
            check = error.check if isinstance(error, Refused) else ""
            instead = error.instead or ""
            return None, (Finding(where.path, where.line, error.message, instead, check),)
        return (outcome, ()) if isinstance(outcome, Planned) else (None, (_gone(self.source),))


def _host(ref: ClassRef, workspace: Workspace) -> HostClass | None:
    path = workspace.path_of(ref.module)
    module = workspace.module_at(path) if path is not None else None
    node = module.class_named(ref.name) if module is not None else None
    return HostClass(module, node) if module is not None and node is not None else None


def _gone(ref: ClassRef) -> Finding:
    return Finding(ref.module, None, f"{ref} is not there any more", "name another class")


def _too_little(host: HostClass) -> Finding:
    message = "too little is left of its group to make a mixin of"
    return Finding(host.module.path, host.node.lineno, message, "see why the others stay")


def _stays(wish: Wish, findings: Sequence[Finding]) -> Iterator[Stay]:
    """Yield what is left out, the members of one objection together."""
    for reason in dict.fromkeys(wish.kept.values()):
        yield _stay([name for name, why in wish.kept.items() if why == reason], reason)
    if findings and wish.members:
        yield _stay(list(wish.members), findings[0])


def _stay(members: list[str], finding: Finding) -> Stay:
    where = str(finding.where)
    return Stay(tuple(members), finding.message, where, finding.instead, finding.check or None)
