"""Let everything that refers to moved names follow them: imports, attributes, texts, patches."""

import fnmatch
import re
from collections import defaultdict
from dataclasses import dataclass, field

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.source.layout import Layout
from carve.source.module import Module
from carve.source.moving.choice import Choice
from carve.source.moving.reexports import cut
from carve.source.moving.users import Users
from carve.source.references.documents import is_document, source_of
from carve.source.references.files import Files
from carve.source.references.model import Reference
from carve.source.references.origins import Origins
from carve.source.references.search import PYTHON, references_to
from carve.source.text import Source

__all__ = ["Following", "follow"]

_REST = re.compile(r"[ \t]*\)?[ \t]*(?:as[ \t]+\w+[ \t]*)?(?:#[^\r\n]*)?(?:\r?\n|$)")
_FOLLOWS = frozenset({"string", "patch", "comment", "data", "docs"})


@dataclass(slots=True)
class Following:
    """The new texts of all other files, what stands in the way, and what is worth a remark."""

    texts: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left: list[Reference] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return where the old place is still named."""
        places = sorted({f"{one.path}:{one.line}" for one in self.left})
        shown = ", ".join(places[:10]) + (f" and {len(places) - 10} more" if places[10:] else "")
        return (f"the old module is still named where that works: {shown}",) if places else ()


def follow(
    choice: Choice,
    written: dict[str, Source],
    files: Files,
    leaves: tuple[str, ...],
    layout: Layout,
) -> Following:
    """Return what becomes of every file besides the two modules, which are in `written`."""
    old = choice.module.name
    grouped: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for name in choice.names:
        for one in references_to(files, ClassRef(old, name)):
            if one.path not in written:
                grouped[one.path].append((name, one))
    late = {name for found in grouped.values() for name, one in found if _is_late(one, files)}
    names = frozenset(choice.names)
    lost = names if choice.cuts else names & choice.drops
    users = Users(choice.origins, choice.target, names, lost, layout)
    done = Following()
    for path, found in grouped.items():
        source = _source(path, files)
        listed = any(fnmatch.fnmatch(path, pattern) for pattern in leaves)
        text = _Texts(choice, late, done, listed).rewrite(source, found)
        if path.endswith(PYTHON):
            module = Module(files.module_at(path).name, text)
            offers = module.name in choice.cuts
            rewritten = cut(module, users) if offers else users.rewrite(module, Origins(files))
            done.findings += rewritten.findings
            text = rewritten.source
        if text.text != source.text:
            done.texts[path] = text
    return done


@dataclass(frozen=True, slots=True)
class _Texts:
    """The dotted names in one file, as strings, comments, data or documents hold them."""

    choice: Choice
    late: set[str]
    done: Following
    listed: bool

    def rewrite(self, source: Source, found: list[tuple[str, Reference]]) -> Source:
        spans: set[tuple[int, int]] = set()
        for name, one in found:
            if one.owner is None or not _follows(one, source, self.choice, listed=self.listed):
                _stays(name, one, self.choice, self.done, listed=self.listed)
            elif one.kind != "patch" or _may_follow(name, one, self.choice, self.late, self.done):
                spans.add(one.owner)
        text = source.text
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + self.choice.target + text[end:]
        return Source(source.path, text, source.encoding)


def _follows(one: Reference, source: Source, choice: Choice, *, listed: bool) -> bool:
    """Tell whether the module that is written before the name is the old one."""
    if one.owner is None or one.standing != "sure":
        return False
    if listed and (is_document(one.path) or one.kind == "comment"):
        return False
    if source.text[slice(*one.owner)] not in choice.origins:
        return False
    between = source.text[one.owner[1] : one.span[0]]
    if one.kind in _FOLLOWS and "import" not in between:
        return True
    # An import statement in a document, which has to bring this name alone.
    alone = between.strip(" \t(") == "import" and _REST.match(source.text, one.span[1])
    return not one.path.endswith(PYTHON) and alone is not None and bool(alone)


def _may_follow(
    name: str, one: Reference, choice: Choice, late: set[str], done: Following
) -> bool:
    """Tell whether a patch goes to the new module; one that would reach less is refused."""
    if name not in choice.used_by_rest:
        return True
    if name in choice.used_by_moved or name in late:
        done.findings.append(
            one.finding(
                f"this replaces {name!r} for code that stays and for code that moves or follows",
                f"replace it in {choice.module.name} and in {choice.target}",
            )
        )
    else:
        done.left.append(one)
    return False


def _stays(name: str, one: Reference, choice: Choice, done: Following, *, listed: bool) -> None:
    """Judge a reference whose text is not rewritten: the old module still offers the name."""
    chain = one.kind == "attribute" and one.owner is not None and one.standing == "sure"
    spoken = one.standing == "prose" or (one.kind in ("docs", "comment") and one.owner is None)
    taken = one.kind == "import" and one.path.endswith(PYTHON)
    if spoken or taken or chain or one.kind in ("name", "definition", "export"):
        return
    lost = name in choice.drops and not listed
    patch = one.kind in ("patch", "keyword") and one.standing == "sure" and one.owner is None
    if patch and (name not in choice.used_by_rest or name in choice.used_by_moved):
        message = f"this replaces {name!r} in {choice.module.name}, where nothing uses it any more"
        done.findings.append(one.finding(message, f"name {choice.target} here"))
    elif lost and (one.standing == "sure" or one.kind != "string"):
        message = f"this may lead to {name!r} in {choice.module.name}, and the plan drops it"
        done.findings.append(one.finding(message, f"take {name!r} out of drops:"))
    elif one.standing == "sure" and one.kind not in ("annotation", "keyword"):
        done.left.append(one)


def _is_late(one: Reference, files: Files) -> bool:
    """Tell whether the name is looked up when the code runs, not when its module is imported."""
    if one.standing != "sure" or not one.path.endswith(PYTHON):
        return False
    if one.kind == "attribute":
        return one.owner is not None
    line = files.module_at(one.path).source.lines[one.line - 1]
    return one.kind == "import" and line[:1] in (" ", "\t")


def _source(path: str, files: Files) -> Source:
    raw = files.read(path) or b""
    source = Source.decode(path, raw) if path.endswith(PYTHON) else source_of(path, raw)
    assert source is not None  # noqa: S101 - a reference was found in its text
    return source
