"""Find the line of a model's source that a finding is about."""

import re

__all__ = ["line_of"]


def line_of(source: str, what: str) -> int:
    """Return the line on which a field, a constant or a class is defined, or else the class's.

    Of a field in a nested model it is the line of the outermost one.
    """
    name = re.split(r"[.\[]", what)[0]
    starts = (rf"\s*{re.escape(name)}\b\s*[:(]", r"class ")
    lines = source.splitlines()
    for start in starts:
        for number, line in enumerate(lines, 1):
            if re.match(start, line):
                return number
    return 1
