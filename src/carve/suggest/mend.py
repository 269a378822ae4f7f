"""What can be done about an objection: ask for more, for less, or give up."""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.source.attributes import Attribute, attributes
from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.suggest.wish import Wish

__all__ = ["Mender"]

_QUOTED = re.compile(r"'(\w+)'")
_DOTTED = re.compile(r"\w+(?:\.\w+)+")
# They object to the class as it is, so that no other choice of members can help.
_OF_THE_CLASS = frozenset(
    {"class-shape", "class-namespace", "subclass-order", "import-time-names"}
)


@dataclass(frozen=True)
class Mender:
    """Answers to objections about one class; `elsewhere` are the members of other clusters."""

    host: HostClass
    elsewhere: frozenset[str]

    @cached_property
    def _assigned(self) -> dict[str, Attribute]:
        return attributes(self.host)

    def mended(self, wish: Wish, findings: Iterable[Finding]) -> Wish | None:
        """Return a wish that takes the findings into account, None where nothing helps."""
        found = list(findings)
        if any(finding.check in _OF_THE_CLASS for finding in found):
            return None
        new = wish
        # Its own words about an attribute say more than what follows from them.
        for finding in sorted(found, key=lambda each: each.check != "attributes-move"):
            new = self._mended(new, finding)
        return new if new != wish and new.members else None

    def dropping(self, wish: Wish) -> Wish:
        """Return the wish with the imports dropped that lose their last use, and no others."""
        module = self.host.module
        imported = {name for name, each in module.bindings.items() if each.kind == "import"}
        rest = self._cut(wish.members, *wish.helpers).used_by_rest
        lost = (self._cut(()).used_by_rest & imported) - rest - module.exported
        helpers = [name for name in wish.drops if name not in imported]
        kept = set(wish.barred)
        return replace(wish, drops=tuple(sorted({*helpers, *lost} - kept)))

    def _mended(self, wish: Wish, finding: Finding) -> Wish:
        known: dict[str, Callable[[Wish, Finding, str], Wish]] = {
            "module-globals": self._globals,
            "helpers-move": self._helpers,
            "members-left-behind": self._left_behind,
            "class-scope-names": self._with_it,
            "names-stay-importable": _importable,
        }
        names = _QUOTED.findall(finding.message)
        answer = known.get(finding.check)
        if answer is not None and names:
            changed = answer(wish, finding, names[0])
            if changed != wish:
                return changed
        return wish.keeping(self._to_blame(wish, finding, names), finding)

    def _globals(self, wish: Wish, _: Finding, name: str) -> Wish:
        binding = self.host.module.bindings.get(name)
        movable = binding is not None and binding.kind == "helper"
        known = {*wish.helpers, *wish.barred}
        return wish.with_helper(name) if movable and name not in known else wish

    def _helpers(self, wish: Wish, finding: Finding, name: str) -> Wish:
        if finding.message.startswith("no moved code uses"):
            return wish.without_helper(name, ever=False)
        return wish.keeping(self._users(wish, name), finding).without_helper(name, ever=True)

    def _left_behind(self, wish: Wish, _: Finding, name: str) -> Wish:
        free = name not in self.elsewhere and name not in wish.kept
        if name in wish.members or name in wish.leaves:
            return wish
        return wish.with_member(name) if free else wish.leaving(name)

    def _with_it(self, wish: Wish, finding: Finding, name: str) -> Wish:
        """Take along what uses a moved name while the body runs, or what a moved line uses."""
        using = [each for each in self.host.members if self._at(each, finding)]
        for each in (*using, name):
            barred = each in wish.members or each in wish.kept or each in self.elsewhere
            if each in self.host.members and not barred:
                return wish.with_member(each)
        return wish

    def _to_blame(self, wish: Wish, finding: Finding, names: list[str]) -> list[str]:
        """Return the members because of which there is the finding: by place, else by name."""
        here = [n for n in wish.members if self._at(n, finding)]
        named = [name for name in names if name in wish.members]
        globals_named = [*names, *self._taken_from(_DOTTED.findall(finding.message))]
        return here or named or [u for name in globals_named for u in self._users(wish, name)]

    def _taken_from(self, modules: list[str]) -> list[str]:
        """Return the names that the module imports from one of these modules or packages."""
        own = self.host.module
        return [
            name
            for name, binding in own.bindings.items()
            if isinstance(binding.node, ast.ImportFrom)
            and own.absolute(binding.node).startswith(tuple(m for m in modules if m != own.name))
        ]

    def _at(self, name: str, finding: Finding) -> bool:
        if finding.path != self.host.module.path or finding.line is None:
            return False
        member = self.host.members.get(name)
        attribute = self._assigned.get(name)
        regions = member.regions if member else (attribute.region,) if attribute else ()
        return any(finding.line in region for region in regions)

    def _users(self, wish: Wish, name: str) -> list[str]:
        """Return the members that use a name of the module, through helpers as well."""
        through: set[str] = set()
        todo = [name]
        while todo:
            now = todo.pop()
            through.add(now)
            users = (h for h in wish.helpers if now in self._globals_of_helper(h))
            todo += [helper for helper in users if helper not in through]
        return [each for each in wish.members if through & self._globals_of(each)]

    def _globals_of_helper(self, name: str) -> frozenset[str]:
        if name not in self.host.module.bindings:
            return frozenset()
        used = self._cut((), name).used_by_helpers
        return used.runtime | used.types

    def _globals_of(self, name: str) -> frozenset[str]:
        try:
            used = self._cut((name,)).used
        except SyntaxError:
            return frozenset()
        return used.runtime | used.types

    def _cut(self, members: tuple[str, ...], *helpers: str) -> Cut:
        known, assigned = self.host.members, self._assigned
        return Cut(
            self.host,
            ClassRef(self.host.module.name, self.host.name),
            tuple(known[name] for name in members if name in known),
            tuple(assigned[n] for n in members if n in assigned and n not in known),
            tuple(self.host.module.bindings[name] for name in helpers),
        )


def _importable(wish: Wish, finding: Finding, name: str) -> Wish:
    if name in wish.drops:
        return wish.offering(name)
    lost = "could no longer be imported" in finding.message and name not in wish.barred
    return wish.dropping(name) if lost else wish
