"""No token of code and no comment is lost, doubled or changed by the move.

No token of code and no comment is lost, doubled or changed. Moved lines stand in the mixin
letter by letter; in the host's module only imports, the class header and a `pass` may differ.

```text
    def summary(self) -> str:  # noqa: D102
        return "nothing yet"   # two blanks, and this comment, are in the mixin too
```
"""

import ast
import tokenize
from collections import Counter
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.lookups import pieces
from carve.source.members import Region
from carve.source.remainder import telling
from carve.source.text import Source
from carve.workspace import Workspace

_SPACE = frozenset(
    {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
)


def find(done: Extraction, _: Workspace) -> Iterator[Finding]:
    """Yield each token whose number in moved and remaining text is not what it was.

    Compared are the moved lines, which have to stand in the mixin letter by letter, and the rest
    of the host's module, where only imports, the class header and a `pass` may differ.
    """
    source = done.cut.module.source
    regions = _regions(done)
    for region in regions:
        parts = pieces(source, region, done.cut.reach.lookups)
        if any(text.rstrip("\r\n") not in done.mixin_source.text for text, _ in parts):
            yield _finding(done, region.start, "these lines are not in the mixin letter by letter")
    inside = {line for region in regions for line in range(region.start, region.end + 1)}
    rest = [line for number, line in enumerate(source.lines, 1) if number not in inside]
    allowed = _lines_of_imports(done, before=True) + _header(done, before=True)
    allowed_after = _lines_of_imports(done, before=False) + _header(done, before=False)
    allowed_after += telling(done.cut).text.splitlines() if done.cut.reach.resolved else []
    lost = _code(rest) - _code(done.host_source.lines) - _code(allowed)
    new = _code(done.host_source.lines) - _code(rest) - _code(allowed_after) - _pass(done)
    for text in sorted(lost):
        yield _finding(done, 1, f"{text!r} would be lost from the class's module")
    for text in sorted(new):
        yield _finding(done, 1, f"{text!r} would be added to the class's module")
    yield from _tokens(done, regions)


def _pass(done: Extraction) -> Counter[str]:
    """Return the one line that an emptied class body is given."""
    first = done.host.node.body[0]
    emptied = not done.cut.staying_nodes and isinstance(first, ast.Pass)
    return _code([done.host_source.lines[first.lineno - 1]] if emptied else [])


def _tokens(done: Extraction, regions: list[Region]) -> Iterator[Finding]:
    """Yield a finding when the mixin holds a comment that did not move there."""
    moved = "".join(done.cut.module.source.slice(r.start, r.end) for r in regions)
    there, mine = _comments(done.mixin_source.text), _comments(moved)
    # What the host does in its own way has other comments in the mixin.
    if mine - there or (there != mine and not done.cut.overrides):
        yield _finding(done, 1, "the comments in the mixin are not those that moved")


def _regions(done: Extraction) -> list[Region]:
    cut = done.cut
    inside = [attribute.region for attribute in cut.attributes]
    return [*cut.regions, *cut.helper_regions, *inside]


def _code(lines: "list[str] | tuple[str, ...]") -> Counter[str]:
    return Counter(line.rstrip("\r\n") for line in lines if line.strip())


def _lines_of_imports(done: Extraction, *, before: bool) -> list[str]:
    module = done.before if before else done.host_module
    return [
        line
        for node in module.tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for line in module.source.lines[node.lineno - 1 : node.end_lineno]
    ]


def _header(done: Extraction, *, before: bool) -> list[str]:
    host = done.cut.host if before else done.host
    first = min(node.lineno for node in host.node.body)
    return list(host.module.source.lines[host.node.lineno - 1 : first - 1])


def _comments(text: str) -> Counter[str]:
    source = Source("<mixin>", text)
    head = ["if 1:\n"] * text[:1].isspace()
    # Only line ends of one kind are line ends to the tokenizer.
    lines = iter([*head, *(line.rstrip("\r\n") + "\n" for line in source.lines)])
    try:
        tokens = list(tokenize.generate_tokens(lambda: next(lines, "")))
    except (tokenize.TokenError, IndentationError):
        return Counter(line.strip() for line in source.lines if line.strip().startswith("#"))
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


def _finding(done: Extraction, line: int, message: str) -> Finding:
    return Finding(
        done.host_source.path,
        line,
        message,
        "this is a fault of carve: report it with the class and the members",
    )
