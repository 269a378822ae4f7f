"""Draw lines at random through every class of the standard library, and look at what comes out.

A line is refused with a reason, or both texts compile, hold every token once, and leave the rest
byte for byte. The same seed draws the same lines; a fault is printed with the words to repeat it.

    python tests/unit/carve/fuzzing.py --count 3 --seed 7 --only json/
"""

import argparse
import ast
import contextlib
import platform
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from cutting import balance, cuts, judge, objections_to_texts

from carve.errors import CarveError, Finding, Refused, StepRefused
from carve.plan.refs import ClassRef
from carve.plan.specs import ExtractMixinSpec
from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.members import Function, Region
from carve.source.module import Module
from carve.source.text import Source
from carve.steps.extract_mixin import ExtractMixin
from carve.steps.outcome import Planned
from carve.workspace import Edit, Workspace

__all__ = ["Tally", "fuzz", "resembles"]

STDLIB = Path(sysconfig.get_paths()["stdlib"])


@dataclass
class Tally:
    """What became of the lines that were drawn."""

    cuts: int = 0
    classes: int = 0
    whole: int = 0
    written: int = 0
    accepted: int = 0
    imported: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def show(self) -> None:
        _say(
            f"{self.cuts} cuts through {self.classes} classes: {self.whole} put to all checks, "
            f"{self.accepted} accepted, {self.written} texts made, "
            f"{self.imported} pairs imported, {len(self.faults)} faults"
        )
        for check, count in self.refused.most_common():
            _say(f"  {count:6} {check} ({self.alone[check]} by it alone)")


def files(folder: Path, only: str, seed: str) -> Iterator[Path]:
    """Yield the files with classes, in an order that the seed makes."""
    known = sorted(folder.rglob("*.py"))
    random.Random(seed).shuffle(known)  # noqa: S311 - the same order in every run
    for path in known:
        inside = path.relative_to(folder)
        if "site-packages" in inside.parts or not inside.as_posix().startswith(only):
            continue
        if b"class " in path.read_bytes():
            yield path


def fuzz(path: Path, folder: Path, empty: Workspace, count: int, seed: str) -> Tally:
    """Draw lines through each class of one file: one in the whole file, the others in a part."""
    tally = Tally()
    inside = path.relative_to(folder).as_posix()
    module = _laid(empty, f"src/{inside}", path.read_bytes())[1]
    try:
        names = [node.name for node in module.classes()]
    except Refused:  # the library has files that no Python takes
        return tally
    tally.classes = len(set(names))
    chance = random.Random(f"{seed} {inside}")  # noqa: S311 - the same choice in every run
    long = len(module.source.lines) > _LONG
    texts = [module.source.encode(), *([part_with(module, name) for name in names] * long)]
    for number, raw in enumerate(texts):
        workspace, part = _laid(empty, f"src/{inside}", raw)
        wanted = names if not number else [names[number - 1]]
        each = count if number or not long else 1
        for cut in cuts(part, chance, each):
            if cut.host.name in wanted and (not long or number or chance.random() < _WHOLE):
                _tried(cut, workspace, inside, tally, chance)
    return tally


def _laid(empty: Workspace, at: str, raw: bytes) -> tuple[Workspace, Module]:
    workspace = empty.after((Edit(at, raw), Edit("src/pkg/__init__.py", b"")))
    return workspace, workspace.module_at(at)


def part_with(module: Module, name: str) -> bytes:
    """Return the text of a module without the functions and other classes of its top level.

    Most files are far longer than a class, and what stands around it is only carried along.
    """
    source, kept, end = module.source, [], 0
    for node in module.tree.body:
        last = node.end_lineno or node.lineno
        found = node.name if isinstance(node, Function | ast.ClassDef) else name
        if found == name or node.lineno <= end:
            kept.append(source.slice(end + 1, last))
        end = max(end, last)
    kept.append(source.slice(end + 1, len(source.lines)))
    return Source(source.path, "".join(kept), source.encoding).encode()


def _tried(
    cut: Cut, workspace: Workspace, inside: str, tally: Tally, chance: random.Random
) -> None:
    try:
        _drawn(cut, workspace, inside, tally, chance)
    except CarveError as error:
        if not error.instead or not error.where:
            tally.faults.append(f"{_label(cut, inside)}\n    {error!r} without a way out")
        tally.refused[getattr(error, "check", type(error).__name__)] += 1
    except Exception:  # noqa: BLE001 - whatever it is, it is a fault, and the others are drawn too
        last = traceback.format_exc(limit=-3)
        tally.faults.append(f"{_label(cut, inside)}\n{last}")


def _drawn(
    cut: Cut, workspace: Workspace, inside: str, tally: Tally, chance: random.Random
) -> None:
    tally.cuts += 1
    done = judge(cut, workspace, inside, objections_to_texts(cut, workspace), alone=True)
    if done is not None:
        resembles(done)
        tally.written += 1
    if chance.random() < _WHOLE:
        tally.whole += 1
        _stepped(cut, workspace, inside, tally, chance)


def _stepped(
    cut: Cut, workspace: Workspace, inside: str, tally: Tally, chance: random.Random
) -> None:
    """Take the whole step, which may make possible what a plain cut is refused for."""
    if not cut.member_names | cut.attribute_names or cut.member_names & cut.attribute_names:
        return
    planned = _planned(_spec(cut), workspace)
    if not isinstance(planned, Planned):
        checks = {each.check for each in planned}
        tally.refused.update(checks)
        tally.alone.update(checks if len(checks) == 1 else ())
        assert not [each for each in planned if "fault of carve" in each.instead], planned
        assert all(each.message and each.instead and each.path for each in planned), planned
        return
    tally.accepted += 1
    texts = {edit.path: Source.decode(edit.path, edit.after or b"") for edit in planned.edits}
    done = Extraction(cut, texts[cut.module.path], texts[workspace.path_for(cut.target)])
    for source in (done.host_source, done.mixin_source):
        compile(source.encode(), source.path, "exec", dont_inherit=True)
    lost, added = balance(done)
    assert not lost, f"lost: {lost}"
    assert not added, f"added: {added}"
    # Tests of the library do things when they are imported, and a window may open.
    harmless = not any(word in inside for word in ("test", "idlelib", "turtle"))
    if harmless and chance.random() < _SHARE:
        tally.imported += imports(done, workspace)


def _planned(spec: ExtractMixinSpec, workspace: Workspace) -> Planned | tuple[Finding, ...]:
    try:
        planned = ExtractMixin(spec).plan(workspace)
    except StepRefused as refusal:
        return refusal.findings
    assert isinstance(planned, Planned)
    return planned


def _spec(cut: Cut) -> ExtractMixinSpec:
    given = {
        "id": "01",
        "source": ClassRef(cut.module.name, cut.host.name),
        "target": cut.target,
        "members": [*sorted(cut.member_names), *sorted(cut.attribute_names)],
        "calls": [each.name for each in cut.attributes if each.is_call],
        "helpers": [each.name for each in cut.helpers],
        "summary": "Takes",
        "why": "chance",
    }
    return ExtractMixinSpec.model_validate(given, by_name=True)


# All checks take far longer than the texts; and how much is imported in processes of its own.
_WHOLE = 0.12
_SHARE = 0.2
_LONG = 250


def resembles(done: Extraction) -> None:
    """Compare the texts line by line, and the trees node by node, without the checks' own ways."""
    cut, before = done.cut, done.before
    regions = [*cut.regions, *cut.helper_regions, *(each.region for each in cut.attributes)]
    gone = {number for region in regions for number in range(region.start, region.end + 1)}
    assert sum(map(len, regions)) == len(gone), "regions overlap"
    lines = list(before.source.lines)
    rest = [line for number, line in enumerate(lines, 1) if number not in gone]
    _subsequence(rest, list(done.host_source.lines), done)
    _hold(regions, done)
    helpers = {id(helper.node) for helper in cut.helpers}
    wanted = [
        _dump(n) for n in before.tree.body if id(n) not in helpers and _plain(n, cut.host.name)
    ]
    have = [_dump(n) for n in done.host_module.tree.body if _plain(n, cut.host.name)]
    assert wanted == have, "other statements of the host's module have changed"
    host, node = done.host.node, cut.host.node
    assert _dump(host.bases[0]) == _dump(ast.parse(cut.target.name, mode="eval").body)
    assert list(map(_dump, host.bases[1:])) == list(map(_dump, node.bases)), "bases changed"
    for name in ("keywords", "decorator_list"):
        assert list(map(_dump, getattr(host, name))) == list(map(_dump, getattr(node, name)))
    staying = [_dump(n) for n in cut.staying_nodes if n is not cut.host.init]
    kept = [
        _dump(n) for n in host.body if n is not done.host.init or "__init__" in cut.member_names
    ]
    assert staying == (kept if cut.staying_nodes else []), "what stays in the class has changed"
    moved = Counter(_dump(n) for n in {id(n): n for n in cut.moved_nodes}.values())
    there = Counter(map(_dump, done.mixin.node.body))
    assert not moved - there, "a member is not the same in the mixin"
    assert host.body, "an empty class"


def _plain(node: ast.stmt, host: str) -> bool:
    named = isinstance(node, ast.ClassDef) and node.name == host
    return not named and not isinstance(node, ast.Import | ast.ImportFrom)


@lru_cache(maxsize=8192)
def _dump(node: ast.AST) -> str:
    return ast.dump(node)


def _subsequence(rest: list[str], after: list[str], done: Extraction) -> None:
    """Hold that the host's module is the rest, but for its header, imports and blank lines."""
    loose = _free_lines(done.before, done.cut.host.node)
    free_after = _free_lines(done.host_module, done.host.node)
    gone = Counter(line for line in rest if line.strip()) - Counter(done.host_source.lines)
    new = Counter(line for line in after if line.strip()) - Counter(rest)
    if not done.cut.staying_nodes:
        new = Counter({line: n for line, n in new.items() if line.strip() != "pass"})
    assert not gone - loose, f"gone from the host's module: {gone - loose}"
    assert not new - free_after, f"new in the host's module: {new - free_after}"
    stay = [line for line in rest if line.strip() and not loose[line] and not free_after[line]]
    have = [line for line in after if line.strip() and not loose[line] and not free_after[line]]
    have = [line for line in have if line.strip() != "pass" or done.cut.staying_nodes]
    stay = [line for line in stay if line.strip() != "pass" or done.cut.staying_nodes]
    assert stay == have, "the host's lines have another order"


def _free_lines(module: Module, node: ast.ClassDef) -> Counter[str]:
    """Return the lines of imports and of the class statement: these may differ."""
    found: Counter[str] = Counter()
    for each in module.tree.body:
        if isinstance(each, ast.Import | ast.ImportFrom):
            found.update(module.source.lines[each.lineno - 1 : each.end_lineno])
    found.update(module.source.lines[node.lineno - 1 : node.body[0].lineno])
    return found


def _hold(regions: Iterable[Region], done: Extraction) -> None:
    for region in regions:
        moved = done.before.source.slice(region.start, region.end)
        there = moved.rstrip("\r\n") in done.mixin_source.text
        assert there, f"line {region.start} and on are not in the mixin"


def imports(done: Extraction, workspace: Workspace) -> bool:
    """Import both modules, each first, in fresh processes; False where the old one cannot be."""
    name, target = done.before.name, done.cut.target.module
    top = name.partition(".")[0]
    new = f"zz_{name}"  # the library's own has to stay in reach
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        own = base / f"zz_{top}.py"
        if (STDLIB / top).is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "test", "tests")
            shutil.copytree(STDLIB / top, base / f"zz_{top}", ignore=left_out)
            own = base / f"zz_{done.before.path.removeprefix('src/')}"
        own.write_bytes(workspace.read(done.before.path) or b"")
        if _python(base, f"import {new}"):
            return False
        own.write_bytes(done.host_source.encode())
        path = base / "pkg" / f"{target.rpartition('.')[2]}.py"
        path.parent.mkdir()
        path.write_bytes(done.mixin_source.encode())
        for code in (f"import {new}, {target}", f"import {target}, {new}"):
            failed = _python(base, f"{code}; assert {new}.{done.cut.host.name}.__mro__[1]")
            assert not failed, failed
    return True


def _python(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {code}"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    return done.stderr if done.returncode else ""


def _label(cut: Cut, inside: str) -> str:
    names = [*cut.member_names, *cut.attribute_names]
    helpers = f" with {', '.join(sorted(cut.helper_names))}" * bool(cut.helpers)
    return f"{inside}:{cut.host.name} {', '.join(sorted(names))}{helpers}"


def main() -> None:
    """Draw the lines, print the faults as they are found, and exit with 1 if there were any."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=2, help="lines through each class")
    parser.add_argument("--seed", default="7")
    parser.add_argument("--only", default="", help="files that begin with this")
    parser.add_argument("--folder", type=Path, default=STDLIB)
    parser.add_argument("--minutes", type=float, default=None, help="stop after so long")
    asked = parser.parse_args()
    total = Tally()
    _say(f"Python {platform.python_version()}, {asked.folder}, seed {asked.seed}")
    with tempfile.TemporaryDirectory() as scratch, contextlib.suppress(KeyboardInterrupt):
        Path(scratch, "src").mkdir()
        empty, begun = Workspace(Path(scratch)), time.perf_counter()
        for number, path in enumerate(files(asked.folder, asked.only, asked.seed), 1):
            one = fuzz(path, asked.folder, empty, asked.count, asked.seed)
            total.add(one)
            for fault in one.faults:
                inside = path.relative_to(asked.folder)
                again = f"--count {asked.count} --seed {asked.seed} --only {inside}"
                _say(f"fault: {fault}\n  again: {again}")
            took = time.perf_counter() - begun
            if number % 50 == 0:
                _say(f"{number} files, {total.cuts} cuts, {took:.0f} s")
            if asked.minutes is not None and took > asked.minutes * 60:
                break
    total.show()
    sys.exit(bool(total.faults))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
