"""Both modules compile.

Python takes both modules.

```text
src/shop/mixin_summary.py:9  the text that carve would write does not compile
```
"""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.text import Source
from carve.workspace import Workspace


def find(done: Extraction, _: Workspace) -> Iterator[Finding]:
    """Yield each of the two texts that Python does not take."""
    for source in (done.host_source, done.mixin_source):
        yield from _objections(source)


def _objections(source: Source) -> Iterator[Finding]:
    try:
        compile(source.encode(), source.path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        yield Finding(
            source.path,
            getattr(error, "lineno", None),
            f"the text that carve would write does not compile: {error}",
            "this is a fault of carve: report it with the class and the members",
        )
