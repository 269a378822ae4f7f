"""All that there is to say about a class: graph, figures, clusters and the draft of a plan."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from carve.errors import CarveError, Place
from carve.plan.nearest import nearest
from carve.plan.refs import ClassRef
from carve.source.members import HostClass
from carve.suggest.clusters import RESOLUTION, Cluster, Firmness, clusters
from carve.suggest.draft import Draft, Proposal, Stay, draft
from carve.suggest.figures import Figures, figures
from carve.suggest.graph import CONSTRUCTORS, MemberGraph, member_graph
from carve.suggest.likeness import Weights, likeness
from carve.suggest.naming import Capability, capabilities
from carve.suggest.order import in_dependency_order
from carve.workspace import Workspace

__all__ = ["Group", "Suggestion", "suggest"]

_FEWEST = 2
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster with its name and figures; `step` is the id of the draft's step for it."""

    name: str
    target: str
    members: tuple[str, ...]
    figures: Figures
    stability: float
    firmness: Firmness
    step: str | None


@dataclass(frozen=True)
class Suggestion:
    """What was found out about one class."""

    source: ClassRef
    graph: MemberGraph
    figures: Figures
    groups: tuple[Group, ...]
    draft: Draft
    resolution: float

    @property
    def path(self) -> str:
        """Return the file of the class."""
        return self.graph.host.module.path

    def to_json(self) -> dict[str, Any]:
        """Return plain data; every key is always there."""
        place = {n: index for index, group in enumerate(self.groups) for n in group.members}
        return {
            "class": str(self.source),
            "file": self.path,
            "line": self.graph.host.node.lineno,
            "figures": asdict(self.figures),
            "members": [
                {
                    "name": node.name,
                    "kind": node.kind,
                    "line": node.line,
                    "lines": node.lines,
                    "cluster": place.get(node.name),
                }
                for node in self.graph.nodes.values()
            ],
            "edges": [asdict(edge) for edge in self.graph.edges],
            "inherited": [asdict(edge) for edge in self.graph.outside],
            "helpers": {name: list(users) for name, users in self.graph.helpers.items()},
            "clusters": [asdict(group) for group in self.groups],
            "steps": [asdict(drafted) for drafted in self.draft.steps],
            "stays": [asdict(stay) for stay in self.draft.stays],
            "parameters": {"resolution": self.resolution, "weights": asdict(Weights())},
        }


def suggest(
    ref: ClassRef,
    workspace: Workspace,
    *,
    package: str | None = None,
    resolution: float = RESOLUTION,
) -> Suggestion:
    """Return what is to be said about the class; mixins would go to `package`."""
    host = _host(ref, workspace)
    graph = member_graph(host)
    found = clusters(likeness(graph), resolution)
    worthy = [cluster for cluster in found if len(cluster.members) >= _FEWEST]
    named = _named(graph, worthy, workspace, _home(host, workspace, package))
    groups = [
        _group(graph, cluster, name, target)
        for cluster, (name, target) in zip(worthy, named, strict=True)
    ]
    wanted = [group for group in groups if _objection(graph, group) is None]
    order = in_dependency_order(graph, [group.members for group in wanted])
    made = draft(ref, [_proposal(graph, wanted[index]) for index in order], workspace)
    steps = {drafted.step["to"]: drafted.step["id"] for drafted in made.steps}
    final = [_with_step(group, steps.get(group.target)) for group in groups]
    stays = tuple(_all_stays(graph, groups, made))
    return Suggestion(
        ref, graph, figures(graph), tuple(final), Draft(made.steps, stays), resolution
    )


def _host(ref: ClassRef, workspace: Workspace) -> HostClass:
    path = workspace.path_of(ref.module)
    if path is None:
        raise CarveError(f"there is no module {ref.module}", instead="check the roots")
    module = workspace.module_at(path)
    node = module.class_named(ref.name)
    if node is None:
        known = [each.name for each in module.classes()]
        if ref.name in known:
            again = [each.lineno for each in module.classes() if each.name == ref.name][1]
            raise CarveError(
                f"{ref.module} defines {ref.name} more than once",
                where=Place(path, again),
                instead="keep one of the definitions, or give the others another name",
            )
        inner = [each for each in ast.walk(module.tree) if isinstance(each, ast.ClassDef)]
        found = next((each for each in inner if each.name == ref.name), None)
        nested = ", but within another class or a function" if found else ""
        near = nearest(ref.name, known)
        raise CarveError(
            f"{ref.module} has no class {ref.name!r} at its top level{nested}",
            where=Place(path, found.lineno if found else None),
            instead=near or (f"one of {', '.join(known)}" if known else "name another file"),
        )
    return HostClass(module, node)


def _home(host: HostClass, workspace: Workspace, package: str | None) -> str:
    """Return the package for mixins: the nearest one called `mixins`, else that of the class."""
    if package is not None:
        return package
    parts = host.module.package.split(".") if host.module.package else []
    for end in range(len(parts), 0, -1):
        candidate = ".".join([*parts[:end], "mixins"])
        if workspace.path_of(f"{candidate}.__init__") or workspace.path_of(candidate):
            return candidate
    return host.module.package


def _named(
    graph: MemberGraph, found: Sequence[Cluster], workspace: Workspace, home: str
) -> list[tuple[Capability, ClassRef]]:
    prefix = f"{home}." if home else ""
    folder = PurePosixPath(workspace.path_for(ClassRef(f"{prefix}mixin", "Mixin"))).parent
    taken = {
        PurePosixPath(path).stem.removeprefix("mixin_")
        for path in workspace.python_files()
        if PurePosixPath(path).parent == folder
    }
    names = capabilities(
        [[graph.nodes[n] for n in c.members] for c in found], taken, graph.host.name
    )
    return [(name, ClassRef(f"{prefix}mixin_{name.slug}", f"Mixin{name.title}")) for name in names]


def _group(graph: MemberGraph, cluster: Cluster, name: Capability, target: ClassRef) -> Group:
    return Group(
        name=name.text,
        target=str(target),
        members=cluster.members,
        figures=figures(graph, cluster.members),
        stability=cluster.stability,
        firmness=cluster.firmness,
        step=None,
    )


def _with_step(group: Group, step: str | None) -> Group:
    return Group(
        group.name,
        group.target,
        group.members,
        group.figures,
        group.stability,
        group.firmness,
        step,
    )


def _objection(graph: MemberGraph, group: Group) -> str | None:
    if not any(graph.nodes[name].runs for name in group.members):
        return "attributes alone are no capability"
    if group.firmness == "loose":
        return f"its group falls apart under small changes (stability {group.stability:.2f})"
    return None


def _proposal(graph: MemberGraph, group: Group) -> Proposal:
    methods = [name for name in group.members if graph.nodes[name].runs]
    shown = ", ".join(methods)
    if len(shown) > _LONGEST:
        shown = f"{methods[0]} and {len(methods) - 1} more"
    why = f"these use each other more than the rest (stability {group.stability:.2f})"
    summary = f"Adds {group.name}: {shown}"
    return Proposal(ClassRef.parse(group.target), group.members, summary, why)


def _all_stays(graph: MemberGraph, groups: Sequence[Group], made: Draft) -> Iterator[Stay]:
    """Yield each member that no step moves, exactly once, with the reason."""
    moved = {name for drafted in made.steps for name in drafted.step["members"]}
    told: set[str] = set()
    for stay in (*made.stays, *_never_asked(graph, groups)):
        members = tuple(name for name in stay.members if name not in moved | told)
        told |= set(members)
        if members:
            yield Stay(members, stay.reason, stay.where, stay.instead, stay.check)


def _never_asked(graph: MemberGraph, groups: Sequence[Group]) -> Iterator[Stay]:
    for group in groups:
        reason = _objection(graph, group)
        if reason is not None:
            yield Stay(group.members, reason)
    special = [n for n in graph.nodes if n.startswith("__") and n.endswith("__")]
    made = tuple(name for name in special if name in CONSTRUCTORS)
    if made:
        yield Stay(made, "it builds all parts, and stays where they meet")
    yield Stay(
        tuple(n for n in special if n not in CONSTRUCTORS and not graph.nodes[n].runs),
        "it says something of the class as such",
    )
    yield Stay(tuple(graph.nodes), "nothing else of the class is close to it")
