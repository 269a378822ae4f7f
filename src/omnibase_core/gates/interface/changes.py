"""Compare two states of an interface: what changed, for whom it breaks, and what only grew."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from omnibase_core.gates.interface.bounds import KEYWORDS, bound_changes
from omnibase_core.gates.interface.change import Change
from omnibase_core.gates.interface.schema_nodes import Node, alternatives, is_same, shared
from omnibase_core.gates.interface.wording import (
    choice_changes,
    default_change,
    kind_change,
    need_change,
    rule_change,
)

__all__ = ["changes"]

_WORDS: Final = {"title", "description", "examples", "deprecated", "$comment"}
_COMPARED: Final = {
    *("anyOf", "oneOf", "discriminator", "type", "enum", "const", "default"),
    *("properties", "required", "items", "prefixItems", "additionalProperties"),
    *KEYWORDS,
}


def changes(old: Node, new: Node) -> Iterator[Change]:
    """Yield what is different between the values that the schemas of two files describe."""
    comparison = _Comparison(old.get("$defs", {}), new.get("$defs", {}))
    yield from comparison.values(old["properties"]["config"], new["properties"]["config"], "")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two sets of shared parts, and what led to where we are: a model may contain itself."""

    old: Node
    new: Node
    above: frozenset[str] = frozenset()

    def values(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare what may stand in a place."""
        before, after = alternatives(old, self.old), alternatives(new, self.new)
        if told := kind_change(set(before), set(after)):
            yield _changed(at, told)
        for kind in before:
            if kind in after:
                yield from self.alike(before[kind], after[kind], at)

    def alike(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare two alternatives of one kind, unless that is what led here."""
        pair = json.dumps([_facts(old), _facts(new)])
        if pair in self.above:
            return
        inner = replace(self, above=self.above | {pair})
        for told in (*choice_changes(old, new), *bound_changes(old, new)):
            yield _changed(at, told)
        for keyword in sorted((old.keys() | new.keys()) - _COMPARED - _WORDS):
            if not is_same(old.get(keyword), new.get(keyword)):
                yield _changed(at, rule_change(keyword, old.get(keyword), new.get(keyword)))
        yield from inner.fields(old, new, at)
        yield from inner.items(old, new, at)

    def fields(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare what two models consist of."""
        before: Mapping[str, Node] = old.get("properties", {})
        after: Mapping[str, Node] = new.get("properties", {})
        for name, part in before.items():
            field = _below(at, name)
            if name not in after:
                yield _removed(field)
                continue
            was, now = (name in node.get("required", ()) for node in (old, new))
            told = need_change(must=now) if was != now else self.default(part, after[name])
            if told:
                yield _changed(field, told)
            yield from self.values(part, after[name], field)
        for name in after:
            if name not in before:
                yield _added(_below(at, name), must=name in new.get("required", ()))

    def default(self, old: Node, new: Node) -> str | None:
        """Compare what a field is when it is left out; new fields in it are told elsewhere."""
        if "default" not in old or "default" not in new:
            return default_change(old, new)
        return default_change(
            {"default": shared(old["default"], (old, self.old), (new, self.new))},
            {"default": shared(new["default"], (old, self.old), (new, self.new))},
        )

    def items(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare what two lists or mappings hold."""
        for keyword, mark in (("items", "[]"), ("additionalProperties", "[*]")):
            before, after = old.get(keyword), new.get(keyword)
            if isinstance(before, dict) or isinstance(after, dict):
                yield from self.values(_node(before), _node(after), f"{at}{mark}")
        firsts, seconds = old.get("prefixItems", []), new.get("prefixItems", [])
        if len(firsts) != len(seconds):
            yield _changed(at, rule_change("number of items", len(firsts), len(seconds)))
        for number, (first, second) in enumerate(zip(firsts, seconds, strict=False)):
            yield from self.values(first, second, f"{at}[{number}]")


def _facts(node: Node) -> dict[str, Any]:
    """Return what is left of a node without what belongs to the place where it stands."""
    return {key: part for key, part in node.items() if key not in {*_WORDS, "default"}}


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _node(value: Any) -> Node:
    """Return a schema for `true` and `false`, which allow anything and nothing named."""
    return value if isinstance(value, dict) else {}


def _changed(at: str, told: str) -> Change:
    return Change(at, f"field {at} {told}" if at else f"the model {told}")


def _removed(at: str) -> Change:
    return Change(
        at,
        f"field {at} was removed: contracts that set it would silently lose the setting, "
        f"code that reads contract.{at} fails",
    )


def _added(at: str, *, must: bool) -> Change:
    if must:
        told = f"field {at} is new and has to be given: contracts written before it are refused"
        return Change(at, told)
    told = (
        f"field {at} is new while the version is not: a contract that sets it says that an older "
        "runtime can read it, which would ignore the setting"
    )
    return Change(at, told, grows=True)
