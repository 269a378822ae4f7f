"""Another memory in every run, so that what follows from addresses shows that it is chance.

Objects without a hash of their own lie in a set by their address. That is the same in every run of
one tree, and another one as soon as any code has changed: without this, it would look as if the
change had done it.
"""

import os
import random

__all__ = ["Memory"]

_SMALLEST, _LARGEST, _STEP = 48, 512, 16  # bytes, as the interpreter deals them out
_COUNT = 96  # of each size
_HEADER = 33  # bytes of an empty bytes object


class Memory:
    """Keeps memory in use, of every small size, with holes at random places."""

    def __init__(self) -> None:
        """Take chance from outside: that of the tests remains as it is."""
        self._chance = random.Random(os.urandom(8))  # noqa: S311 - no secret
        self._kept: list[bytes] = []

    def shake(self) -> None:
        """Let the next objects come to lie in another order."""
        self._kept.clear()
        sizes = range(_SMALLEST, _LARGEST + 1, _STEP)
        blocks = [bytes(size - _HEADER) for _ in range(_COUNT) for size in sizes]
        self._chance.shuffle(blocks)
        half = len(blocks) // 2
        self._kept = blocks[:half]
        while len(blocks) > half:
            blocks.pop()  # the last one that is freed is the first one to be used
