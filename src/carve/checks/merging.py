"""What has to hold of several classes, besides each cut, before their members become one."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from carve.checks.before import statements_alone
from carve.checks.parameters import values_stand
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.imports import import_of
from carve.source.members import HostClass, bound_by
from carve.source.merge.places import Parameter
from carve.source.module import Binding, Module
from carve.source.names import BUILTINS
from carve.workspace import Workspace

__all__ = [
    "MERGING",
    "borrowed",
    "globals_agree",
    "named",
    "names_are_free",
    "objections_to_merging",
]

_Hosts = tuple[HostClass, ...]


def _files_are_alike(hosts: _Hosts) -> Iterator[Finding]:
    """Yield each module whose text cannot take that of the first one letter by letter."""
    first = hosts[0]
    seen: set[str] = set()
    for host in hosts:
        if host.module.path in seen:
            message = f"{host.name} is in the same module as another of the classes"
            yield _at(host, host.node.lineno, message, "give it a module of its own first")
        seen.add(host.module.path)
        for what, own, model in (
            ("line ends", host.module.source.newline, first.module.source.newline),
            ("indentation", _indentation(host), _indentation(first)),
            ("__future__ imports", sorted(host.module.futures), sorted(first.module.futures)),
        ):
            if own != model:
                yield _at(
                    host,
                    host.node.lineno,
                    f"{host.module.name} and {first.module.name} have different {what}",
                    "make them the same first",
                )


def _hosts_stand_apart(hosts: _Hosts, workspace: Workspace) -> Iterator[Finding]:
    """Yield each class that descends from two of the hosts, hosts included.

    The mixin would come after both of them, so that it no longer matters which is the nearer.
    """
    families = [set(_subclasses(host, workspace)) | {_key(host)} for host in hosts]
    for (one, mine), (other, its) in combinations(zip(hosts, families, strict=True), 2):
        for path, name, line in sorted(mine & its):
            yield Finding(
                path,
                line,
                f"{name} inherits both {one.name} and {other.name}, or is one of them",
                "merge the members of classes that do not meet further down",
            )


def names_are_free(names: Iterable[str], hosts: _Hosts, workspace: Workspace) -> Iterator[Finding]:
    """Yield each use of a new name in a file that has to do with one of the hosts."""
    wanted = frozenset(names)
    if not wanted:
        return
    near = {kin.module.path for host in hosts for kin in workspace.lineage(host)[0]}
    for host in hosts:
        near |= set(workspace.mentioning([host.name]))
        near |= {path for path, _, _ in _subclasses(host, workspace)}
    for path in workspace.mentioning(wanted):
        if path not in near:
            continue
        for name, line in _uses(workspace.module_at(path).tree):
            if name in wanted:
                yield Finding(
                    path,
                    line,
                    f"{name!r} is in use here already, perhaps for one of the classes",
                    "choose another name",
                )


def globals_agree(cuts: tuple[Cut, ...]) -> Iterator[Finding]:
    """Yield each global of the common code that means something else in another module."""
    first = cuts[0].module
    for cut in cuts[1:]:
        for name in sorted(cut.runtime_names | cut.type_names):
            mine, model = cut.module.bindings.get(name), first.bindings.get(name)
            if mine is None and model is None and name in BUILTINS:
                continue
            if mine is None or model is None or not _same(mine, cut.module, model, first):
                line = mine.node.lineno if mine is not None else cut.host.node.lineno
                yield _at(
                    cut.host,
                    line,
                    f"{name!r} is not the same in {cut.module.name} and in {first.name}",
                    "import it from the same module in both, or leave the members that use it",
                )


def borrowed(hosts: _Hosts, members: Iterable[str], workspace: Workspace) -> Iterator[str]:
    """Yield a remark for each place that takes a member from a class by its name.

    What is called with an object of another class will not find parameters and hooks there.
    """
    wanted = frozenset(members)
    for host in hosts:
        for path in workspace.mentioning([host.name]):
            for node in ast.walk(workspace.module_at(path).tree):
                if not isinstance(node, ast.Attribute) or node.attr not in wanted:
                    continue
                if ast.unparse(node.value).rpartition(".")[2] == host.name:
                    yield (
                        f"{path}:{node.lineno} takes {node.attr!r} from {host.name} itself: it "
                        "works for objects of that class only"
                    )


def named(name: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings under the name of the check."""
    return (replace(finding, check=name) for finding in findings)


MERGING = (
    *("files-are-alike", "hosts-stand-apart", "names-are-free", "values-stand"),
    *("renames-are-plain", "members-align", "merge-is-faithful", "globals-agree"),
    "keywords-fit",
)


def objections_to_merging(
    cuts: tuple[Cut, ...],
    parameters: tuple[Parameter, ...],
    hooks: tuple[str, ...],
    workspace: Workspace,
) -> Iterator[Finding]:
    """Yield what speaks against merging the members of these cuts, whatever is in them."""
    hosts = tuple(cut.host for cut in cuts)
    new = [parameter.name for parameter in parameters if not parameter.stands_in(hosts)]
    shared = (finding for cut in cuts for finding in statements_alone.find(cut, workspace))
    yield from named("statements-alone", shared)
    yield from named("files-are-alike", _files_are_alike(hosts))
    yield from named("hosts-stand-apart", _hosts_stand_apart(hosts, workspace))
    yield from named("names-are-free", names_are_free([*new, *hooks], hosts, workspace))
    yield from named("values-stand", values_stand(parameters, hosts, workspace))


def _at(host: HostClass, line: int, message: str, instead: str) -> Finding:
    return Finding(host.module.path, line, message, instead)


def _indentation(host: HostClass) -> str:
    line = host.module.source.lines[host.node.body[0].lineno - 1]
    return line[: len(line) - len(line.lstrip())]


def _key(host: HostClass) -> tuple[str, str, int]:
    return host.module.path, host.name, host.node.lineno


def _subclasses(host: HostClass, workspace: Workspace) -> Iterator[tuple[str, str, int]]:
    """Yield path, name and line of whatever inherits from a class that is called like the host.

    A name that a file defines itself means the class of that file.
    """
    todo, seen = [(host.module.path, host.name)], {_key(host)}
    while todo:
        home, name = todo.pop()
        for path in workspace.mentioning([name]):
            for child, line, bases in _classes(workspace.module_at(path)):
                known = (path, child, line)
                if (name, path == home) in bases and known not in seen:
                    seen.add(known)
                    todo.append((path, child))
                    yield known


@lru_cache(maxsize=512)
def _classes(module: Module) -> tuple[tuple[str, int, frozenset[tuple[str, bool]]], ...]:
    """Return name, line and bases of every class of the file.

    A base is the last part of its name, and whether the class may be one of this file or not.
    """
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            plain = [
                base.value if isinstance(base, ast.Subscript) else base for base in node.bases
            ]
            bases = frozenset(each for base in plain for each in _meanings(base, module))
            found.append((node.name, node.lineno, bases))
    return tuple(found)


def _meanings(base: ast.expr, module: Module) -> Iterator[tuple[str, bool]]:
    last = ast.unparse(base).rpartition(".")[2]
    binding = module.bindings.get(last) if isinstance(base, ast.Name) else None
    yield last, True
    if binding is None or binding.kind != "helper":
        yield last, False


def _uses(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield attributes, texts, and whatever a class body binds, with the lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno
        elif isinstance(node, ast.ClassDef):
            for statement in node.body:
                yield from ((name, statement.lineno) for name in bound_by(statement))


def _same(mine: Binding, own: Module, model: Binding, first: Module) -> bool:
    if mine.kind != model.kind:
        return False
    if mine.alias is not None and model.alias is not None:
        return import_of(mine, own) == import_of(model, first)
    return ast.dump(mine.node) == ast.dump(model.node)
