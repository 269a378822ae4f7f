"""Bring the index up to date with the files that have changed, a bounded share at a time."""

from collections.abc import Iterable
from pathlib import Path

from carve.index.limits import Limits
from carve.index.stamps import read_with_stamp
from carve.index.store import Store
from carve.index.view import View, digest_of, prefix_of
from carve.index.words import is_text, words_in

__all__ = ["learn", "remember"]

# A longer text is read whenever a word is looked for; there are few, and most are data.
_LONGEST = 1_000_000


def learn(home: Path, view: View, limits: Limits) -> None:
    """Keep what the loose files of the view hold, as much at once as the limits say.

    The view itself goes on to read them: it is of one moment, and the index moves on.
    """
    gone = view.void.difference(view.loose)
    top = prefix_of(view.folder)
    sizes = dict(zip(view.loose, view.sizes, strict=True))
    short = [name for name, size in sizes.items() if size <= _LONGEST]
    if not gone and not short:
        return
    with Store(home, view.folder, writing=True) as store:
        for name in gone:
            store.drop(name)
        new = sum(map(sizes.__getitem__, short))
        most = max(limits.bytes_at_once, int(limits.part_at_once * new))
        for name in short:
            most -= _learned(store, top, name, limits.settled_seconds)
            if most <= 0:
                break
        store.tidy(limits.spare_texts)


def remember(home: Path, folder: Path, test: str, digests: Iterable[bytes]) -> None:
    """Keep that texts have passed a test."""
    with Store(home, folder, writing=True) as store:
        store.keep_passed(test, digests)


def _learned(store: Store, top: bytes, name: bytes, settled: float) -> int:
    """Return how many bytes were new; a text that is known under another name costs nothing."""
    found = read_with_stamp(top + name, settled)
    if found is None:
        return 0
    raw, stamp = found
    digest = digest_of(raw)
    content = store.content(digest)
    new = content is None
    if content is None:
        content = store.add(digest, words_in(raw) if is_text(raw) else ())
    store.put(name, stamp, content)
    return len(raw) if new else 0
