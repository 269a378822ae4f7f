"""Write the same program in another way: the order, comments, names, quotes and widths of others.

What is not the same is said: an extra member is one more name on the class, nothing else.
"""

import ast
import io
import random
import symtable
import tokenize
from collections.abc import Callable, Iterator, Sequence

import black

__all__ = ["KINDS", "some", "vary"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef
_STEPS = ("two", "tabs")
_WORDS = ("kept", "found", "given", "other", "seen", "whole")


def vary(text: str, chance: random.Random, *kinds: str) -> str:
    """Return the program with each kind of change made where chance has it."""
    for kind in kinds:
        text = KINDS[kind](text, chance)
        compile(text, kind, "exec", dont_inherit=True)
    return text


def some(chance: random.Random, kinds: Sequence[str]) -> list[str]:
    """Return some of the kinds; another indentation comes last, as the others count on four."""
    chosen = [kind for kind in kinds if kind not in _STEPS and chance.random() < 0.6]
    chance.shuffle(chosen)
    return [*chosen, *chance.choice([(), (), *((step,) for step in _STEPS if step in kinds)])]


def shuffled(text: str, chance: random.Random) -> str:
    """Put the functions of each class into another order, each with what stands above it."""
    lines = _lines(text)
    for owner in reversed(_classes(text)):
        body = [node for node in owner.body if node.lineno != owner.lineno]
        starts = [_end_above(owner, number) for number in range(len(body))]
        parts = [
            (node, "".join(lines[start : node.end_lineno]))
            for node, start in zip(body, starts, strict=True)
        ]
        if not parts:
            continue
        fixed = [part for node, part in parts if not isinstance(node, Function)]
        moving = [part for node, part in parts if isinstance(node, Function)]
        groups: dict[str, list[str]] = {}
        # A property and its setter, overloads: they stay together, in their order.
        for (node, _), part in zip(
            [each for each in parts if isinstance(each[0], Function)], moving, strict=True
        ):
            groups.setdefault(getattr(node, "name", ""), []).append(part)
        if _order_matters(owner):
            continue
        order = list(groups)
        chance.shuffle(order)
        new = "".join([*fixed, *("".join(groups[name]) for name in order)])
        lines[starts[0] : body[-1].end_lineno] = [new]
    return "".join(lines)


def commented(text: str, chance: random.Random) -> str:
    """Write comments above statements, behind them, and below the last one of a function."""
    lines = _lines(text)
    loose = _ends_of_lines(text)
    for node in sorted(_statements(text), key=lambda each: -each.lineno):
        end = node.end_lineno or node.lineno
        if end in loose and chance.random() < 0.1 and not isinstance(node, Definition):
            line = lines[end - 1].rstrip("\n")
            lines[end - 1] = f"{line}  # {chance.choice(_WORDS)} {chance.randint(1, 99)}\n"
        first = _first(node)
        if chance.random() < 0.15 and not lines[first - 1][: node.col_offset].strip():
            blanks = " " * node.col_offset
            note = (
                f"{blanks}# Note {chance.randint(1, 999)}: def, class {{ and ''' mean nothing.\n"
            )
            lines[first - 1] = note + chance.choice(["", "", "\n"]) + lines[first - 1]
        if isinstance(node, Function) and chance.random() < 0.15:
            blanks = " " * (node.col_offset + 4)
            lines[end - 1] = (
                lines[end - 1].rstrip("\n") + f"\n{blanks}# So much for {node.name}.\n"
            )
    return "".join(lines)


def renamed(text: str, chance: random.Random) -> str:
    """Give local variables of functions other names."""
    tree = ast.parse(text)
    known = {
        (table.get_name(), table.get_lineno()): table
        for table in _tables(symtable.symtable(text, "", "exec"))
    }
    taken = {inner.id for inner in ast.walk(tree) if isinstance(inner, ast.Name)}
    spots: dict[tuple[int, int], tuple[str, str]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, Function):
            continue
        table = known.get((node.name, node.lineno)) or known[node.name, _first(node)]
        news = {old: f"{old}_{chance.choice(_WORDS)}" for old in sorted(_renamable(node, table))}
        for inner in ast.walk(node):
            new = news.get(inner.id, "") if isinstance(inner, ast.Name) else ""
            if isinstance(inner, ast.Name) and new not in taken | {""}:
                spots[inner.lineno, inner.col_offset] = (inner.id, new)
    lines = _lines(text)
    for (line, column), (old, new) in sorted(spots.items(), reverse=True):
        raw = lines[line - 1].encode()
        lines[line - 1] = (raw[:column] + new.encode() + raw[column + len(old) :]).decode()
    return "".join(lines)


def extended(text: str, chance: random.Random) -> str:
    """Give classes a method, a property, a constant and an attribute that nobody asks for."""
    lines = _lines(text)
    for owner in reversed(_classes(text)):
        functions = [node for node in owner.body if isinstance(node, Function)]
        if not functions or owner.body[0].lineno == owner.lineno:
            continue
        number = chance.randint(100, 999)
        last = owner.body[-1].end_lineno or 0
        lines[last - 1] = lines[last - 1].rstrip("\n") + _EXTRA_METHODS.format(n=number)
        for init in functions:
            stands = chance.choice(_init_places(init)) if init.name == "__init__" else None
            if stands is not None:
                extra = f"{init.args.args[0].arg}._extra_state_{number}: dict[str, int] = {{}}"
                lines[(stands.end_lineno or 0) - 1] += f"        {extra}\n"
        above = _first(functions[0]) - 1
        while lines[above - 1].strip().startswith("#"):
            above -= 1
        lines.insert(above, f"    _EXTRA_LIMIT_{number} = {number}  # more than enough\n\n")
    return "".join(lines)


_EXTRA_METHODS = '''

    def _extra_{n}(self, more: int = 1) -> int:
        """Nobody calls this."""
        return self._EXTRA_LIMIT_{n} + more

    @property
    def extra_{n}(self) -> str:
        return f"{{self._extra_{n}():>5}}"
'''


def requoted(text: str, chance: random.Random) -> str:
    """Write texts between the other kind of quotes, where nothing has to be escaped for it."""
    lines = _lines(text)
    spots = [
        token
        for token in _outside_of_texts(text)
        if token.type == tokenize.STRING and token.start[0] == token.end[0]
    ]
    for token in reversed(spots):
        old = token.string
        inner = old[1:-1]
        if old[0] == '"' and not set(inner) & {'"', "'", "\\"} and chance.random() < 0.8:
            line = lines[token.start[0] - 1]
            swapped = f"'{inner}'"
            lines[token.start[0] - 1] = line[: token.start[1]] + swapped + line[token.end[1] :]
    return "".join(lines)


def imported(text: str, chance: random.Random) -> str:
    """Write imports in another form: a statement for each name, or one for all of them."""
    lines = _lines(text)
    for node in reversed(ast.parse(text).body):
        if not isinstance(node, ast.ImportFrom) or node.module == "__future__":
            continue
        old = "".join(lines[node.lineno - 1 : node.end_lineno])
        if "#" in old or ";" in old or chance.random() < 0.3:
            continue
        start = f"from {'.' * node.level}{node.module or ''} import "
        names = [ast.unparse(alias) for alias in node.names]
        chance.shuffle(names)
        each = [f"{start}{name}\n" for name in names]
        joined = [f"{start}({', '.join(names)})\n", f"{start}\\\n    {', '.join(names)}\n"]
        new = chance.choice(["".join(each), *joined]) if names != ["*"] else old
        lines[node.lineno - 1 : node.end_lineno] = [new]
    return "".join(lines)


def parted(text: str, chance: random.Random) -> str:
    """Write texts inside of brackets in two parts, which Python puts together."""
    lines = _lines(text)
    depth, spots = 0, []
    for token in _outside_of_texts(text):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        if token.type == tokenize.STRING and depth and token.start[0] == token.end[0]:
            spots.append(token)
    for token in reversed(spots):
        old, (row, column) = token.string, token.start
        middle = old.find(" ", 4) + 1
        plain = old[0] in "\"'" and old[:3] not in ('"""', "'''") and "\\" not in old
        if plain and 0 < middle < len(old) - 2 and chance.random() < 0.6:
            line, gap = lines[row - 1], chance.choice([" ", "\n" + " " * column])
            new = f"{old[:middle]}{old[0]}{gap}{old[0]}{old[middle:]}"
            lines[row - 1] = line[:column] + new + line[token.end[1] :]
    return "".join(lines)


def wrapped(text: str, chance: random.Random) -> str:
    """Put values between brackets that they do not need."""
    lines = _lines(text)
    for node in sorted(_statements(text), key=lambda each: -each.lineno):
        value = getattr(node, "value", None)
        if not isinstance(node, ast.Assign | ast.Return | ast.AnnAssign) or value is None:
            continue
        line = lines[node.lineno - 1]
        alone = value.end_lineno == value.lineno == node.lineno and line.isascii()
        if not alone or line[value.end_col_offset :].strip() or chance.random() < 0.5:
            continue
        before, inside = line[: value.col_offset], line[value.col_offset : value.end_col_offset]
        blanks = " " * node.col_offset
        new = [f"({inside})\n", f"(\n{blanks}    # Why not.\n{blanks}    {inside}\n{blanks})\n"]
        lines[node.lineno - 1] = before + chance.choice(new)
    return "".join(lines)


def spaced(text: str, chance: random.Random) -> str:
    """Put empty lines, lines of blanks and form feeds between statements."""
    lines = _lines(text)
    for node in sorted(_statements(text), key=lambda each: -each.lineno):
        first = _first(node)
        if chance.random() < 0.1 and not lines[first - 1][: node.col_offset].strip():
            gaps = ["\n", "    \n", "\n\n\n"] + ["\f\n"] * (not node.col_offset)
            lines[first - 1] = chance.choice(gaps) + lines[first - 1]
    return "".join(lines)


def headed(text: str, chance: random.Random) -> str:
    """Write the bases of classes one a line, with comments."""
    lines = _lines(text)
    for node in reversed(_classes(text)):
        if node.keywords or not node.bases or node.body[0].lineno == node.lineno:
            continue
        last = max(base.end_lineno or 0 for base in node.bases)
        line = lines[node.lineno - 1]
        if last != node.lineno or not line.rstrip().endswith("):") or chance.random() < 0.2:
            continue
        bases = [ast.unparse(base) for base in node.bases]
        listed = "".join(
            f"    {base},  # stands below ({number}\n" for number, base in enumerate(bases)
        )
        lines[node.lineno - 1] = chance.choice(
            [
                f"class {node.name}(\n{listed}):\n",
                f"class {node.name}(  # what it is\n{listed}):  # and so on\n",
                f"class {node.name}({', '.join(bases)},):  # with a comma\n",
                f"class {node.name}( {', '.join(bases)}\n    ):\n",
            ]
        )
    return "".join(lines)


def _indented(step: str) -> Callable[[str, random.Random], str]:
    def changed(text: str, _: random.Random) -> str:
        lines = _lines(text)
        inside: set[int] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                inside |= set(range(node.lineno + 1, (node.end_lineno or 0) + 1))
        for number, line in enumerate(lines, 1):
            blanks = len(line) - len(line.lstrip(" "))
            if number not in inside and line.strip():
                lines[number - 1] = step * (blanks // 4) + " " * (blanks % 4) + line[blanks:]
        return "".join(lines)

    return changed


def _black(width: int, *, commas: bool) -> Callable[[str, random.Random], str]:
    def changed(text: str, _: random.Random) -> str:
        mode = black.Mode(
            line_length=width, string_normalization=False, magic_trailing_comma=commas
        )
        return black.format_str(text, mode=mode)

    return changed


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "order": shuffled,
    "comments": commented,
    "locals": renamed,
    "extras": extended,
    "quotes": requoted,
    "narrow": _black(79, commas=True),
    "wide": _black(120, commas=False),
    "imports": imported,
    "parts": parted,
    "brackets": wrapped,
    "blanks": spaced,
    "headers": headed,
    "two": _indented("  "),
    "tabs": _indented("\t"),
}


def _classes(text: str) -> list[ast.ClassDef]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _end_above(owner: ast.ClassDef, number: int) -> int:
    """Return the last line that belongs to what stands above the statement."""
    if number:
        return owner.body[number - 1].end_lineno or 0
    return (
        owner.body[0].lineno - 1
        if not getattr(owner.body[0], "decorator_list", [])
        else _first(owner.body[0]) - 1
    )


def _order_matters(owner: ast.ClassDef) -> bool:
    """Tell whether something in the class body reads a method that it defines."""
    functions = {node.name for node in owner.body if isinstance(node, Function)}
    read = {
        inner.id
        for node in owner.body
        for part in (
            [node] if not isinstance(node, Function) else [*node.decorator_list, node.args]
        )
        for inner in ast.walk(part)
        if isinstance(inner, ast.Name)
    }
    lone = {n.name for n in owner.body if isinstance(n, Function) and n.decorator_list} & read
    return bool(functions & read - lone)


def _statements(text: str) -> Iterator[ast.stmt]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.ImportFrom | ast.Import):
            yield node


def _ends_of_lines(text: str) -> set[int]:
    """Return the lines that end with a statement and have no comment yet."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    commented = {t.start[0] for t in tokens if t.type == tokenize.COMMENT}
    return {t.start[0] for t in tokens if t.type == tokenize.NEWLINE} - commented


def _outside_of_texts(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens but for those in f-strings, which newer Pythons tell apart."""
    inside = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        inside += token.type == getattr(tokenize, "FSTRING_START", -1)
        if not inside:
            yield token
        inside -= token.type == getattr(tokenize, "FSTRING_END", -1)


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables(child)


def _renamable(node: Function, table: symtable.SymbolTable) -> set[str]:
    named = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    stored = {inner.id for inner in named if isinstance(inner.ctx, ast.Store)}
    below = {symbol.get_name() for child in _tables(table) for symbol in child.get_symbols()}
    own = {s.get_name() for s in table.get_symbols() if s.is_local() and not s.is_parameter()}
    odd = {s.get_name() for s in table.get_symbols() if s.is_imported() or s.is_namespace()}
    for inner in ast.walk(node):
        if isinstance(inner, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and inner.name:
            odd.add(inner.name)
        elif isinstance(inner, ast.MatchMapping) and inner.rest:
            odd.add(inner.rest)
        elif isinstance(inner, ast.JoinedStr):
            # Their positions inside of an f-string are known only from Python 3.12 on.
            odd |= {each.id for each in ast.walk(inner) if isinstance(each, ast.Name)}
    if any(each.id in {"locals", "eval", "exec"} for each in named):
        return set()
    return {name for name in stored & own - below - odd if not name.startswith("_")}


def _init_places(init: Function) -> Sequence[ast.stmt | None]:
    """Return the statements of a constructor after which another attribute may be assigned."""
    for number, node in enumerate(init.body):
        if ast.unparse(node).startswith("super().__init__("):
            return init.body[number:]
    return [None]


def _lines(text: str) -> list[str]:
    """Split where Python does: a form feed ends no line."""
    return io.StringIO(text, newline="\n").readlines()
