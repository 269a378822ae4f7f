"""The events of a YAML text, the same ones whichever of PyYAML's parsers finds them."""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

try:
    from yaml import CSafeLoader as _FastLoader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _FastLoader  # type: ignore[assignment]

__all__ = ["LOADERS", "parse"]

LOADERS: Final[tuple[Any, ...]] = tuple(dict.fromkeys((_FastLoader, yaml.SafeLoader)))
"""The parsers there are, the fastest first."""

# Here the two differ: tabs as space, the tag `!`, `?` and `:` in brackets, a comment that touches
# the head of a block text, directives, and where an empty document after `---` stands. The slow
# one, which is stricter, decides.
_DISPUTED: Final = re.compile(r"[\t!?]|[|>][-+0-9]*#|:[,\]}]|^%|^---", re.MULTILINE)


def parse(text: str, loader: Any = LOADERS[0]) -> Iterator[yaml.Event]:
    """Return the events of `text`, up to the first mistake."""
    chosen = yaml.SafeLoader if _DISPUTED.search(text) else loader
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=chosen)
    return events
