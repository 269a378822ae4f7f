"""Change files of a tree such that a kill at any moment is taken back by the next command.

The originals are linked into a folder that gets its name before the first file changes, and loses
it after the last. As long as it is there, the change counts as not done.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carve.disk import Edit, beside, bytes_at, sync
from carve.errors import CarveError, Place

__all__ = ["Facts", "Journal"]

_ENTRIES = "entries.json"
Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Journal:
    """What is kept below `home` about a change of the tree at `folder`."""

    home: Path
    folder: Path

    @property
    def open(self) -> Path:
        """The folder that is there while a change is going on, or was cut off."""
        return self.home / "journal"

    @property
    def left(self) -> bool:
        """Tell whether a change is going on, or was cut off, be it in its last breath."""
        return any(self.home.glob("journal*"))

    @contextmanager
    def keeping(
        self, edits: Iterable[Edit], facts: Facts | None = None, done: Callable[[], bool] = bool
    ) -> Iterator[None]:
        """Let the caller carry `edits` out; whatever it raises, the files are as before then.

        The exception is a change that `done` tells to be complete all the same.
        """
        self._begin(list(edits), facts or {})
        try:
            yield
        except BaseException:
            # What is complete but for its last words is left to the next command.
            if not done():
                self.roll_back()
                self.close()
            raise
        self.close()

    def facts(self) -> Facts | None:
        """Return what was said about a change that was cut off, None if there is none."""
        with contextlib.suppress(OSError):
            for name in ("journal.new", "journal.old"):
                shutil.rmtree(self.home / name, ignore_errors=True)
        if not self.open.is_dir():
            return None
        found: Facts = self._read()["facts"]
        return found

    def paths(self) -> list[str]:
        """Return the files of the change."""
        return [entry["path"] for entry in self._read()["entries"]]

    def roll_back(self) -> None:
        """Give each file the bytes and the mode that it had; one that somebody changed stays."""
        known = self._read()
        foreign = [entry for entry in known["entries"] if self._is_foreign(entry)]
        if foreign:
            raise CarveError(
                "the file was changed after a change of several files had been cut off",
                where=Place(foreign[0]["path"]),
                instead=f"what it was is below {self.open}; put it right, then remove that folder",
            )
        for entry in known["entries"]:
            self._restore(entry)
        self._tidy(known)

    def close(self) -> None:
        """Forget the change."""
        old = self.home / "journal.old"
        shutil.rmtree(old, ignore_errors=True)
        if self.open.is_dir():
            self._sweep(self._read())
            self.open.replace(old)
            sync(self.home)
            shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(OSError):  # what else is in it is still of use
            self.home.rmdir()

    def _begin(self, edits: list[Edit], facts: Facts) -> None:
        new = self.home / "journal.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        try:
            entries = [self._kept(edit, new / str(i)) for i, edit in enumerate(edits)]
            folders = {p for edit in edits for p in self._missing(edit)}
            known = {"facts": facts, "entries": entries, "folders": sorted(folders)}
            (new / _ENTRIES).write_text(json.dumps(known), encoding="utf-8")
            for path in (*new.iterdir(), new):
                sync(path)
            new.replace(self.open)
        except OSError as error:
            shutil.rmtree(new, ignore_errors=True)
            raise CarveError(
                f"cannot write: {error}",
                where=Place(str(self.home)),
                instead="all files are as they were; free the disk or mend the permissions",
            ) from error
        sync(self.home)

    def _kept(self, edit: Edit, copy: Path) -> dict[str, Any]:
        target = self.folder / edit.path
        if edit.before is not None:
            try:
                os.link(target, copy)
            except OSError:  # another disk, or one without links
                shutil.copy2(target, copy)
        after = None if edit.after is None else hashlib.sha256(edit.after).hexdigest()
        was = None if edit.before is None else copy.name
        return {"path": edit.path, "kept": was, "after": after}

    def _missing(self, edit: Edit) -> Iterator[str]:
        for parent in (self.folder / edit.path).parents:
            if parent.exists():
                return
            yield parent.relative_to(self.folder).as_posix()

    def _read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.open / _ENTRIES).read_text(encoding="utf-8"))
        return found

    def _original(self, entry: dict[str, Any]) -> Path | None:
        return None if entry["kept"] is None else self.open / entry["kept"]

    def _is_foreign(self, entry: dict[str, Any]) -> bool:
        now, kept = bytes_at(self.folder / entry["path"]), self._original(entry)
        if kept is not None and not kept.exists():
            return False  # it is back in its place
        if now == (None if kept is None else kept.read_bytes()):
            return False
        found = None if now is None else hashlib.sha256(now).hexdigest()
        return bool(found != entry["after"])

    def _restore(self, entry: dict[str, Any]) -> None:
        target, kept = self.folder / entry["path"], self._original(entry)
        if kept is None:
            target.unlink(missing_ok=True)
        elif kept.exists() and not _alike(target, kept):
            target.parent.mkdir(parents=True, exist_ok=True)
            _put_back(kept, target)

    def _tidy(self, known: dict[str, Any]) -> None:
        self._sweep(known)
        for folder in sorted(known["folders"], reverse=True):
            with contextlib.suppress(OSError):  # what else is in it is not ours
                (self.folder / folder).rmdir()

    def _sweep(self, known: dict[str, Any]) -> None:
        """Remove what was written beside the files, and not renamed any more."""
        for entry in known["entries"]:
            beside(self.folder / entry["path"]).unlink(missing_ok=True)


def _put_back(kept: Path, target: Path) -> None:
    """Let the file be there again, with as little room as there is."""
    again = beside(target)
    again.unlink(missing_ok=True)
    try:
        os.link(kept, again)
    except OSError:
        try:
            kept.replace(target)  # on a full disk; that it is gone tells that it is back
        except OSError:
            shutil.copy2(kept, again)  # from another disk
        else:
            return
    again.replace(target)


def _alike(target: Path, kept: Path) -> bool:
    if not target.is_file() or target.stat().st_mode != kept.stat().st_mode:
        return False
    return target.samefile(kept) or target.read_bytes() == kept.read_bytes()
