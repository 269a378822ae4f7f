"""Git's hashes of contents and trees, without a repository."""

import hashlib
from collections.abc import Mapping

__all__ = ["blob_hash", "tree_hash"]


def blob_hash(raw: bytes | None) -> str | None:
    """Return what `git hash-object` says of the content; None for no file."""
    return None if raw is None else _hash("blob", raw).hex()


def tree_hash(files: Mapping[str, str | None]) -> str:
    """Return git's hash of a tree of plain files, given their blobs by path."""
    below: dict[str, dict[str, str | None]] = {}
    entries: list[tuple[bytes, bytes, bytes]] = []
    for path, blob in files.items():
        top, slash, rest = path.partition("/")
        if slash:
            below.setdefault(top, {})[rest] = blob
        elif blob is not None:
            entries.append((_raw(top), b"100644", bytes.fromhex(blob)))
    for name, inner in below.items():
        if any(blob is not None for blob in inner.values()):
            entries.append((_raw(name), b"40000", bytes.fromhex(tree_hash(inner))))
    # Git sorts folders as if their names ended with a slash.
    entries.sort(key=lambda entry: entry[0] + b"/" * (entry[1] == b"40000"))
    return _hash("tree", b"".join(b"%b %b\0%b" % (m, n, h) for n, m, h in entries)).hex()


def _hash(kind: str, raw: bytes) -> bytes:
    head = f"{kind} {len(raw)}\0".encode()
    return hashlib.sha1(head + raw, usedforsecurity=False).digest()


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
