"""However a tree changes, the index answers what reading every file would."""

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from carve.disk import Edit
from carve.index.index import WordIndex
from carve.index.limits import Limits
from carve.workspace import Workspace

SETTLED = 0.02
WORDS = ("god", "God", "gods", "_x", "é", "na.ve", "naïve", "1x")
PATHS = tuple(
    f"{folder}{name}" for folder in ("", "a/", "a/b/") for name in ("m.py", "é.py", "n.md")
)
paths = st.sampled_from(PATHS)
texts = st.lists(st.sampled_from((*WORDS, "\0", " ", ".", "s", "1")), max_size=5).map(" ".join)
glued = st.lists(st.sampled_from((*WORDS, "\0", " ", "s", "1")), max_size=5).map("".join)
contents = st.one_of(texts, glued).map(str.encode)


def holds(raw: bytes, word: str) -> bool:
    """Tell whether a text has the word with no letter, digit or underscore beside it."""
    inside = rb"[A-Za-z0-9_]"
    pattern = rb"(?<!" + inside + rb")" + re.escape(word.encode()) + rb"(?!" + inside + rb")"
    return b"\0" not in raw and re.search(pattern, raw) is not None


class Changing(RuleBasedStateMachine):
    """A folder without git: what git lists is for other tests, what is in files for this one."""

    @initialize(few=st.booleans())
    def begin(self, few: bool) -> None:
        self.top = Path(tempfile.mkdtemp())
        self.folder = self.top / "tree"
        self.folder.mkdir()
        self.limits = Limits(0, 20 if few else 10**6, 0, 60, 0, SETTLED)
        self.overlay: dict[str, bytes | None] = {}
        self.another_command()

    @rule()
    def another_command(self) -> None:
        home = self.top / "index"
        self.index = WordIndex(self.folder, self.names, lambda: home, self.limits)
        self.workspace = Workspace(self.folder, (".",), overlay=self.overlay, index=self.index)

    def names(self) -> list[bytes]:
        found = (path for path in self.folder.rglob("*") if not path.is_dir())
        return sorted(os.fsencode(path.relative_to(self.folder)) for path in found)

    @rule(path=paths, raw=contents)
    def write(self, path: str, raw: bytes) -> None:
        target = self.folder / path
        if target.is_symlink():
            target.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

    @rule(path=paths)
    def write_as_long_and_at_the_same_time(self, path: str) -> None:
        target = self.folder / path
        if target.is_file():
            seen = target.stat()
            target.write_bytes(target.read_bytes()[::-1])
            os.utime(target, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    @rule(path=paths, to=paths)
    def rename(self, path: str, to: str) -> None:
        if (self.folder / path).exists() and (self.folder / to).parent.is_dir():
            (self.folder / path).rename(self.folder / to)

    @rule(path=paths)
    def link(self, path: str) -> None:
        target = self.folder / path
        if not target.exists() and not target.is_symlink() and target.parent.is_dir():
            target.symlink_to(self.folder / "m.py")

    @rule(path=paths)
    def remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    @rule()
    def settle(self) -> None:
        time.sleep(SETTLED * 2)
        self.workspace.holding(WORDS)

    @rule(place=st.floats(0, 1, exclude_max=True), raw=st.binary(min_size=1, max_size=200))
    def damage_the_index(self, place: float, raw: bytes) -> None:
        self.index.forget()
        for file in (self.top / "index").rglob("*.db"):
            with file.open("r+b") as opened:
                opened.seek(int(place * file.stat().st_size))
                opened.write(raw)

    @rule()
    def lose_the_index(self) -> None:
        shutil.rmtree(self.top / "index", ignore_errors=True)

    @rule(edits=st.dictionaries(paths, st.none() | contents, max_size=3))
    def plan(self, edits: dict[str, bytes | None]) -> None:
        self.overlay = {**self.overlay, **edits}
        self.workspace = self.workspace.after([Edit(*each) for each in edits.items()])

    @rule()
    def take_back(self) -> None:
        self.overlay = {}
        self.another_command()

    @invariant()
    def as_if_every_file_was_read(self) -> None:
        texts = {
            name.decode(): (self.folder / os.fsdecode(name)).read_bytes()
            for name in self.names()
            if not (self.folder / os.fsdecode(name)).is_symlink()
        }
        texts |= {path: raw or b"" for path, raw in self.overlay.items()}
        self.index.forget()  # all words are asked of one look
        for word in WORDS:
            expected = sorted(path for path, raw in texts.items() if holds(raw, word))
            assert self.workspace.holding([word]) == expected, word

    def teardown(self) -> None:
        if hasattr(self, "top"):
            shutil.rmtree(self.top)


TestChanging = Changing.TestCase
TestChanging.settings = settings(max_examples=12, stateful_step_count=15)
