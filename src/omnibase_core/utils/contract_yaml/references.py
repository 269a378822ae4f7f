"""Replace each `{$ref: "other.yaml#/a/b"}` of a document by what it refers to."""

import re
from typing import Final, NoReturn

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.utils.contract_yaml.library import Library, TooManyFiles
from omnibase_core.utils.contract_yaml.locations import Location, OutsideRoot, parse_reference
from omnibase_core.utils.contract_yaml.nodes import Entry, Node, make_node
from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.problems import Problem, hint, refusal

__all__ = ["REFERENCE", "resolve"]

REFERENCE: Final = "$ref"
"""The only key of a mapping that is a reference."""

_LONGEST_CHAIN: Final = 32
_FORM: Final = 'write "file.yaml#/key" or "#/key"'
_REMEDIES: Final[dict[type[ValueError], str]] = {
    OutsideRoot: "name a file below the root, relative to this one",
    TooManyFiles: "refer to fewer",
}
_INDEX: Final = re.compile("0|[1-9][0-9]{0,8}")


def resolve(library: Library, file: str) -> Node:
    """Return the tree of `file` without references; all problems are one error."""
    resolver = _Resolver(library)
    node = resolver.resolved(library.tree(file), Location(file), 1)
    if resolver.problems:
        raise refusal(resolver.problems)
    return node


class _Missing(Exception):  # noqa: N818 - it ends the search, and is told as a problem
    """There is nothing where a reference leads."""


class _Resolver:
    """Follows references; what one leads to is worked out once and then shared."""

    def __init__(self, library: Library) -> None:
        self.problems: list[Problem] = []
        self._library = library
        self._known: dict[Location, Node] = {}
        self._active: list[Location] = []
        self._hops = 0
        self._cycles: set[frozenset[Location]] = set()

    def resolved(self, node: Node, location: Location, depth: int) -> Node:
        if depth > self._library.limits.depth:
            self._too_much(node.place, f"nests more than {self._library.limits.depth} levels")
        content = node.content
        if isinstance(content, dict):
            if REFERENCE in content:
                return self._reference(node, content, location, depth)
            below = {
                key: Entry(entry.key, self.resolved(entry.node, _below(location, key), depth + 1))
                for key, entry in content.items()
            }
            return self._limited(make_node(node.place, below))
        if isinstance(content, tuple):
            items = enumerate(content)
            found = [self.resolved(n, _below(location, str(i)), depth + 1) for i, n in items]
            return self._limited(make_node(node.place, tuple(found)))
        return node

    def _reference(
        self, node: Node, content: dict[str, Entry], location: Location, depth: int
    ) -> Node:
        nothing = Node(node.place, None)
        place = content[REFERENCE].node.place
        text = content[REFERENCE].node.content
        if others := [(key, entry) for key, entry in content.items() if key != REFERENCE]:
            what = f"{others[0][0]!r} stands beside {REFERENCE}, which replaces everything"
            self._object(
                others[0][1].key, what, f"remove one of them or write {REFERENCE} below it"
            )
            return nothing
        if not isinstance(text, str):
            self._object(place, f"{REFERENCE} has to be text", _FORM)
            return nothing
        if self._leads_back(location, place, again=True):
            return nothing
        entered = not self._active or self._active[-1] != location
        self._active += [location] if entered else []
        try:
            return self._followed(text, location, place, depth).at(node.place)
        finally:
            self._active = self._active[:-1] if entered else self._active

    def _followed(self, text: str, location: Location, place: Place, depth: int) -> Node:
        nothing = Node(place, None)
        try:
            target = parse_reference(text, location.file)
            if self._leads_back(target, place):
                return nothing
            if self._hops >= _LONGEST_CHAIN:
                self._too_much(place, f"is a chain of more than {_LONGEST_CHAIN} references")
            if target not in self._known:
                self._known[target] = self._target(target, depth)
            return self._limited(self._known[target])
        except FileNotFoundError as error:
            self._no_file(str(error), place)
        except _Missing as error:
            self._object(place, *error.args)
        except ValueError as error:
            self._object(place, str(error), _REMEDIES.get(type(error), _FORM))
        return nothing

    def _target(self, target: Location, depth: int) -> Node:
        """Return what stands at `target`, which may lie behind further references."""
        node, here, done = self._library.tree(target.file), Location(target.file), False
        self._active.append(target)
        self._hops += 1
        try:
            for key in target.keys:
                if not done and isinstance(node.content, dict) and REFERENCE in node.content:
                    node, done = self.resolved(node, here, depth), True
                    if self.problems:  # what is missing may only be missing because of them
                        return Node(node.place, None)
                node, here = _stepped(node, key, here), _below(here, key)
            return node if done else self.resolved(node, target, depth)
        finally:
            self._hops -= 1
            self._active.pop()

    def _leads_back(self, location: Location, place: Place, *, again: bool = False) -> bool:
        """Tell whether `location` is being worked out; `again` allows it to be the latest."""
        if location not in self._active or (again and self._active[-1] == location):
            return False
        cycle = self._active[self._active.index(location) :]
        if frozenset(cycle) not in self._cycles:
            self._cycles.add(frozenset(cycle))
            chain = " -> ".join(str(one) for one in [*cycle, location])
            self._object(place, f"references lead in a circle: {chain}", "remove one of them")
        return True

    def _limited(self, node: Node) -> Node:
        limits = self._library.limits
        if node.size > limits.nodes:
            self._too_much(node.place, f"stands for more than {limits.nodes} values")
        if node.height > limits.depth:
            self._too_much(node.place, f"nests more than {limits.depth} levels")
        return node

    def _no_file(self, file: str, place: Place) -> None:
        what = f"there is no file {file!r} below the root"
        instead = hint(file, self._library.siblings(file), "create it")
        self._object(place, what, instead, EnumCoreErrorCode.FILE_NOT_FOUND)

    def _object(
        self,
        place: Place,
        what: str,
        instead: str,
        code: EnumCoreErrorCode = EnumCoreErrorCode.VALIDATION_ERROR,
    ) -> None:
        self.problems.append(Problem(place, what, instead, code))

    def _too_much(self, place: Place, what: str) -> NoReturn:
        raise self._stopped(place, f"with its references this {what}")

    def _stopped(self, place: Place, what: str) -> ModelOnexError:
        return refusal([*self.problems, Problem(place, what, "refer to less")])


def _below(location: Location, key: str) -> Location:
    return Location(location.file, (*location.keys, key))


def _stepped(node: Node, key: str, here: Location) -> Node:
    content = node.content
    index = int(key) if isinstance(content, tuple) and _INDEX.fullmatch(key) else key
    if entry := node.step(index):
        return entry.node
    where = str(here)
    if isinstance(content, dict):
        raise _Missing(f"there is no {key!r} in {where}", hint(key, content, "name another part"))
    if isinstance(content, tuple):
        raise _Missing(
            f"there is no item {key!r} in {where}", f"it has {len(content)}, counted from 0"
        )
    raise _Missing(f"{where} is no list or mapping, so it has no {key!r}", f"refer to {where}")
