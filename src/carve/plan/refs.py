"""Name a class by its module: `pkg.mod:Class`."""

import keyword
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

__all__ = ["ClassRef", "as_python_reads", "is_name"]


@dataclass(frozen=True, slots=True, order=True)
class ClassRef:
    """A top-level class of a module; it need not exist yet."""

    module: str
    name: str

    @classmethod
    def parse(cls, text: str) -> "ClassRef":
        """Return the class that `text` names; ValueError says what is wrong with it."""
        module, colon, name = text.partition(":")
        if not colon:
            raise ValueError(f"{text!r} has no ':' between module and class")
        if "/" in module or "\\" in module:
            raise ValueError(f"{text!r} names a file, not a module")
        if module.startswith("."):
            raise ValueError(f"{text!r} is relative, but a plan has no package to start from")
        module, name = as_python_reads(module), as_python_reads(name)
        if odd := [part for part in (*module.split("."), name) if not is_name(part)]:
            raise ValueError(f"{text!r} has {odd[0]!r} where a name has to stand")
        return cls(module, name)

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        return f"{self.module}:{self.name}"

    @property
    def package(self) -> str:
        """The first part of the module's name."""
        return self.module.partition(".")[0]

    def path_in(self, root: str) -> str:
        """Return the module's file below `root`: `src/pkg/mod.py`, or `pkg/mod.py` for `.`."""
        return str(PurePosixPath(root, f"{self.module.replace('.', '/')}.py"))


def is_name(text: str) -> bool:
    """Return whether Python lets something be called `text`."""
    return text.isidentifier() and not keyword.iskeyword(as_python_reads(text))


def as_python_reads(text: str) -> str:
    """Return the name that Python takes `text` for: it knows one of several ways to write it."""
    return unicodedata.normalize("NFKC", text)
