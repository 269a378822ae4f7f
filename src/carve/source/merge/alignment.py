"""Lay the same member of several classes side by side, and collect where they differ."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from carve.source.members import Function
from carve.source.merge.blocks import BlockPlan, has_docstring
from carve.source.merge.gathering import Gathering
from carve.source.merge.headers import alike_headers, annotations_of
from carve.source.merge.places import BlockKey, Parameter
from carve.source.merge.syntax import (
    ANNOTATIONS,
    HOOKABLE,
    IGNORED,
    NAMED_BY,
    OPEN,
    SCOPES,
    are_texts,
    covering,
    is_target,
    only,
)
from carve.source.merge.texts import common_parts

__all__ = ["Alignment"]

_Nodes = tuple[ast.AST, ...]


@dataclass
class Alignment:
    """One function of each host, the first of them the model for all.

    `align` fills `found`; it is false when hooks and parameters cannot cover all.
    """

    functions: tuple[Function, ...]
    parameters: tuple[Parameter, ...]
    plan: BlockPlan
    member: str
    defaults: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing found."""
        self.found = Gathering(self.functions, self.member)
        self._fixed = self._nested = self._scoped = self._typing = 0

    def align(self) -> bool:
        """Compare the functions, their names apart; the first one's docstring stands for all."""
        first = self.functions[0]
        if any(type(function) is not type(first) for function in self.functions):
            return False
        return self._function(self.functions)

    def _function(self, nodes: tuple[Function, ...]) -> bool:
        """Compare headers, which may differ in annotations alone, then bodies."""
        return (
            alike_headers(nodes, self.found, {} if self._nested else self.defaults)
            and all(map(self._annotation, annotations_of(nodes)))
            and self._block("body", nodes)
        )

    def _annotation(self, nodes: tuple[ast.expr | None, ...]) -> bool:
        known = only(nodes, ast.expr)
        if not known:
            return all(node is None for node in nodes)
        with self._counted("_typing"):
            return self._expression(known)

    def _statement(self, nodes: tuple[ast.stmt, ...]) -> bool:
        """Compare one statement of each host; its expression may be left to a hook."""
        first = nodes[0]
        if any(type(node) is not type(first) for node in nodes):
            return False
        if isinstance(first, Function):
            return self._nested_function(tuple(n for n in nodes if isinstance(n, Function)))
        if isinstance(first, ast.ClassDef):
            # Its body runs in a namespace of its own, and its docstring has to stay a plain text.
            with self._counted("_fixed"), self._counted("_nested"):
                return self._fields(nodes)
        hookable = HOOKABLE.get(type(first))
        for name in first._fields:
            if name in IGNORED:
                continue
            values = tuple(getattr(node, name) for node in nodes)
            with self.found.trial() as trial:
                trial.kept = self._field(name, values, nodes)
            if not trial.kept and not (name == hookable and self._hook(values)):
                return False
        return True

    def _hook(self, values: tuple[ast.expr | None, ...]) -> bool:
        """Leave an expression to a hook, unless it stands where no hook can be called."""
        known = only(values, ast.expr)
        if not known or self._nested or self.found.this is None:
            return False
        self.found.add("expression", known)
        return True

    def _nested_function(self, nodes: tuple[Function, ...]) -> bool:
        names = tuple(node.name for node in nodes)
        if len(set(names)) > 1 or not self.found.same_name(names):
            return False
        with self._counted("_nested"):
            return self._function(nodes)

    def _field(self, name: str, values: tuple[object, ...], owners: _Nodes) -> bool:
        first, is_open = values[0], name in OPEN.get(type(owners[0]), ())
        if name in ANNOTATIONS:
            return self._annotation(tuple(v if isinstance(v, ast.expr) else None for v in values))
        if isinstance(first, list):
            is_block = name in ("body", "orelse", "finalbody")
            return self._block(name, owners) if is_block else self._list(values, is_open=is_open)
        if isinstance(first, ast.expr) and (known := only(values, ast.expr)):
            return self._expression(known, is_open=is_open)
        if isinstance(first, ast.AST) and (nodes := only(values, ast.AST)):
            return self._node(nodes)
        if NAMED_BY.get(type(owners[0])) == name:
            return self.found.same_name(values)
        return all(type(value) is type(first) and value == first for value in values)

    def _list(self, values: tuple[object, ...], *, is_open: bool) -> bool:
        lists = [value for value in values if isinstance(value, list)]
        if any(len(one) != len(lists[0]) for one in lists):
            return False
        for group in zip(*lists, strict=True):
            if all(isinstance(item, ast.expr) for item in group):
                alike = self._expression(group, is_open=is_open)
            elif all(isinstance(item, ast.AST) for item in group):
                alike = self._node(group)
            else:
                alike = all(item == group[0] for item in group)
            if not alike:
                return False
        return True

    def _expression(self, nodes: tuple[ast.expr, ...], *, is_open: bool = False) -> bool:
        if self._value(nodes):
            return True
        known = len(self.found.places)
        with self.found.trial() as trial:
            alike = self._node(nodes)
            # Two hooks in one expression are more than a reader can follow.
            hooks = [place for place in self.found.places[known:] if place.kind == "expression"]
            trial.kept = alike and len(hooks) <= 1
        return trial.kept or self._text(nodes) or (is_open and self._inner_hook(nodes))

    def _inner_hook(self, nodes: tuple[ast.expr, ...]) -> bool:
        """Leave a part of an expression to a hook."""
        fine = self.found.slot is not None and self.plan.is_fine(self.found.slot[0])
        shut = self._fixed or self._typing or self._scoped
        odd = any(isinstance(node, ast.Starred) or is_target(node) for node in nodes)
        if shut or odd or not fine:
            return False
        return self._hook(nodes)

    def _node(self, nodes: _Nodes) -> bool:
        first = nodes[0]
        if any(type(node) is not type(first) for node in nodes):
            return False
        if isinstance(first, SCOPES):
            with self._counted("_scoped"):
                return self._fields(nodes)
        if isinstance(first, ast.alias):
            bound = first.asname or first.name.partition(".")[0]
            alike = all(ast.dump(node) == ast.dump(first) for node in nodes)
            return alike and self.found.same_name((bound,) * len(nodes))
        # Positions inside of f-strings are not to be relied on, and patterns are no expressions.
        if isinstance(first, ast.JoinedStr | ast.pattern):
            with self._counted("_fixed"):
                return self._fields(nodes)
        return self._fields(nodes)

    def _fields(self, nodes: _Nodes) -> bool:
        return all(
            self._field(name, tuple(getattr(node, name, None) for node in nodes), nodes)
            for name in nodes[0]._fields
            if name not in IGNORED
        )

    def _value(self, nodes: tuple[ast.expr, ...]) -> bool:
        """Cover expressions that are the values of one parameter."""
        parameter = covering(nodes, self.parameters, typing=bool(self._typing))
        if parameter is None or self._shut or not self.found.are_global(nodes):
            return False
        self.found.add("annotation" if self._typing else "value", nodes, (parameter.name,))
        return True

    def _text(self, nodes: tuple[ast.expr, ...]) -> bool:
        """Cover texts in which values of parameters stand."""
        if not are_texts(nodes) or self._typing or self._shut:
            return False
        with self.found.trial() as trial, self._counted("_fixed"):
            parts = common_parts(nodes, self.parameters, self._node)
            trial.kept = parts is not None
        cover = [part.name for part in parts or () if isinstance(part, Parameter)]
        if parts is not None and cover:
            self.found.add("text", nodes, tuple(dict.fromkeys(cover)), parts)
        return bool(cover)

    @property
    def _shut(self) -> bool:
        """Tell whether nothing may be put in here that reads an attribute of the instance."""
        return bool(self._fixed) or self.found.this is None

    def _block(self, name: str, owners: _Nodes) -> bool:
        key = (tuple(id(owner) for owner in owners), name)
        blocks = tuple(getattr(owner, name)[has_docstring(owner) :] for owner in owners)
        slots = self.plan.slots(key, blocks, self._probe)
        if slots is None:
            return False
        outer = self.found.slot
        for number, slot in enumerate(slots):
            self.found.slot = (key, number)
            parts = slot.of(blocks)
            if slot.is_run:
                after = blocks[0][slot.ranges[0][1] :]
                if self._nested or self.found.this is None or not (parts[0] or after):
                    return False
                self.found.add_run(parts, parts[0] or after[:1])
            elif not self._statement(tuple(part[0] for part in parts)):
                return False
        self.found.slot = outer
        return True

    def _probe(self, key: BlockKey, number: int, nodes: tuple[ast.stmt, ...]) -> str:
        """Return what a row of statements needs: nothing, a hook for a part, a hook, or a run."""
        known = len(self.found.places)
        outer, self.found.slot = self.found.slot, (key, number)
        with self.found.trial():
            alike = self._statement(nodes)
            added = self.found.places[known:]
        self.found.slot = outer
        if not alike:
            return "run"
        mine = [p for p in added if p.needs_hook and p.block == (key, number)]
        whole = getattr(nodes[0], HOOKABLE.get(type(nodes[0]), ""), None)
        return ("hook" if any(p.first is whole for p in mine) else "part") if mine else ""

    @contextmanager
    def _counted(self, name: str) -> Iterator[None]:
        """Count one more level of what the attribute counts."""
        setattr(self, name, getattr(self, name) + 1)
        try:
            yield
        finally:
            setattr(self, name, getattr(self, name) - 1)
