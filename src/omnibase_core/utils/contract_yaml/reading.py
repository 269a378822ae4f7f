"""Read a YAML document with everything it refers to."""

import os
from pathlib import Path

from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.library import Library
from omnibase_core.utils.contract_yaml.limits import DEFAULT_LIMITS, Limits
from omnibase_core.utils.contract_yaml.references import resolve

__all__ = ["read_document"]


def read_document(
    path: str | os.PathLike[str],
    *,
    root: str | os.PathLike[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Return the document in `path`, read as YAML 1.2, with references replaced.

    References stay below `root`, which is the folder of the file unless it is named. Whatever is
    wrong comes back as one `ModelOnexError` that names every problem with its place.
    """
    main = Path(path)
    library = Library(main.parent if root is None else Path(root), limits)
    tree = resolve(library, library.open_main(main, outside=root is None))
    return Document(main.as_posix(), tree.plain(), tree)
