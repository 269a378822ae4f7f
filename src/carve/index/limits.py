"""When an index is worth it, how fast it grows, and how long a look at the files counts."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an index is bound to; none of it changes an answer."""

    # A tree with fewer files is read faster than an index of it is checked.
    fewest_files: int = 1000
    # What a command learns of texts that are new, or where that is more, which part of them: it
    # takes about as long as to read them all, so that no command pays for the whole index.
    bytes_at_once: int = 2_000_000
    part_at_once: float = 1 / 10
    # The questions of one step come close together, and the files are looked at once for them:
    # a look counts as long, and where it takes long itself, as many times as long as it took.
    trusted_seconds: float = 1.0
    trusted_times: float = 10.0
    # A file that changed less long ago may change again and look the same; two seconds are the
    # step of the coarsest clock of a file system in use.
    settled_seconds: float = 2.0
    # How many texts that no tree has any more are kept, beside as many as there are files.
    spare_texts: int = 4096
