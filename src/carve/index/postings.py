"""Which texts hold a word, in rows that prove themselves.

The words of each run of 1024 texts are spread over as many buckets. Every bucket has a row with a
checksum, empty ones as well: so neither a lost row nor odd bytes can pass for "no text holds it".
A row has a line for each word, `word=` and a two-letter code for each text, and grows at its end.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from zlib import crc32

__all__ = ["RUN", "Damaged", "Postings"]

# The texts of a run, and the buckets of one: a new text touches short rows alone.
RUN = 1024
_BUCKETS = 1024
_SIGNS = b"0123456789abcdefghijklmnopqrstuv"
_CODES = [bytes(pair) for pair in ((a, b) for a in _SIGNS for b in _SIGNS)]
_OFFSETS = {code: offset for offset, code in enumerate(_CODES)}


class Damaged(sqlite3.DatabaseError):
    """The index does not say what was written to it."""


class Postings:
    """The table `word` of an index; what is added is kept in memory until `flush`."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._base = base
        self._fresh: dict[bytes, bytearray] = {}
        self._run = -1
        self._begins = False

    def add(self, text: int, words: Iterable[bytes]) -> None:
        """Let a new text hold the words; texts have numbers that go up one by one from 1."""
        run, offset = divmod(text, RUN)
        if run != self._run:
            self.flush()
            self._run, self._begins = run, offset == 0 or text == 1
        code, fresh = _CODES[offset], self._fresh
        for word in words:
            if word in fresh:
                fresh[word] += code
            else:
                fresh[word] = bytearray(code)

    def flush(self) -> None:
        """Write what was added."""
        if self._run >= 0:
            lines: dict[int, list[bytes]] = defaultdict(list)
            for word, codes in self._fresh.items():
                lines[_bucket(word)].append(b"%b=%b\n" % (word, bytes(codes)))
            added = {bucket: b"".join(several) for bucket, several in lines.items()}
            self._begin(added) if self._begins else self._extend(added)
        self.forget()

    def forget(self) -> None:
        """Drop what was added and not written."""
        self._fresh.clear()
        self._run = -1

    def holding(self, word: bytes, runs: Collection[int]) -> set[int]:
        """Return the texts of the runs that hold a word, all of which are known."""
        found: set[int] = set()
        bucket, line = _bucket(word), re.compile(b"^%b=(.*)$" % re.escape(word), re.MULTILINE)
        query = "select lines, proof from word where run = ? and bucket = ?"
        for run in runs:
            lines, proof = self._base.execute(query, (run, bucket)).fetchone() or (None, None)
            if not isinstance(lines, bytes) or proof != crc32(lines, _seed(run, bucket)):
                raise Damaged
            for codes in line.findall(lines):
                offsets = (_OFFSETS[codes[at : at + 2]] for at in range(0, len(codes), 2))
                found.update(run * RUN + offset for offset in offsets)
        return found

    def _begin(self, added: dict[int, bytes]) -> None:
        rows = (
            (self._run, bucket, lines, crc32(lines, _seed(self._run, bucket)))
            for bucket, lines in ((bucket, added.get(bucket, b"")) for bucket in range(_BUCKETS))
        )
        self._base.executemany("insert into word values (?, ?, ?, ?)", rows)

    def _extend(self, added: dict[int, bytes]) -> None:
        query = "select bucket, proof from word where run = ?"
        proofs = dict(self._base.execute(query, (self._run,)))
        if len(proofs) != _BUCKETS or not all(type(proof) is int for proof in proofs.values()):
            raise Damaged
        rows = (
            (lines, crc32(lines, proofs[bucket]), self._run, bucket)
            for bucket, lines in sorted(added.items())
        )
        self._base.executemany(
            "update word set lines = cast(lines || ? as blob), proof = ?"
            " where run = ? and bucket = ?",
            rows,
        )


def _bucket(word: bytes) -> int:
    return crc32(word) % _BUCKETS


def _seed(run: int, bucket: int) -> int:
    """Return what the checksum of a row begins with, so that no row passes for another."""
    return crc32(b"%d %d" % (run, bucket))
