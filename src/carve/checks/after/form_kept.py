r"""The class's module keeps its encoding, its mark of the byte order and its line ends.

The class's module keeps its encoding, its mark of the byte order and its line ends. Lines that
carve writes end like the first line of the file.

```python
raw = b"import json\r\n\r\n\r\nclass Store: ...\r\n"
assert raw.count(b"\r\n") == raw.count(b"\n")  # and so it is afterwards
```
"""

import re
from collections import Counter
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.text import Source
from carve.workspace import Workspace

_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


def find(done: Extraction, _: Workspace) -> Iterator[Finding]:
    """Yield each way in which the rewritten text is another kind of file than before."""
    before, after = done.before.source, done.host_source
    if before.encoding != after.encoding:
        yield _finding(after, f"{before.encoding} would become {after.encoding}")
    if before.text.startswith(_MARK) != after.text.startswith(_MARK):
        yield _finding(after, "the mark of the byte order would come or go")
    old, new = _ends(before.text), _ends(after.text)
    for end in sorted(set(new) - set(old)):
        if old:
            yield _finding(after, f"lines would end in {end!r}, which none did")
    # What is written anew ends like the first line; the others can only become fewer.
    for end in sorted(set(new) & set(old)):
        if end != before.newline and new[end] > old[end]:
            yield _finding(after, f"more lines would end in {end!r} than before")


def _ends(text: str) -> Counter[str]:
    return Counter(_END.findall(text))


def _finding(source: Source, message: str) -> Finding:
    return Finding(
        source.path,
        1,
        message,
        "this is a fault of carve: report it with the class and the members",
    )
