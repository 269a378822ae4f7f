"""Verdicts that are known already, by content: an unchanged mutant is never run twice.

A verdict belongs to the text of the member that the fault is in, and to the scenarios and pins
that can notice it. It is written as soon as it is known, so an interrupted run goes on.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from carve.mutants.model import Mutant
from carve.source.text import Source

__all__ = ["Known", "Witnesses"]

# Grows when faults or their judgement change, so that old verdicts are not believed.
_ENGINE = 2
_PYTHON = ".".join(map(str, sys.version_info[:2]))


@dataclass
class Known:
    """The verdicts in one file; `path` is None where nothing is to be remembered."""

    path: Path | None
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None, *, fresh: bool = False) -> "Known":
        """Return what the file says; a line that was cut off by a crash is left out.

        With `fresh` the file begins anew.
        """
        known = cls(path)
        if path is not None and fresh:
            path.unlink(missing_ok=True)
        if path is not None and path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    known.verdicts[entry["key"]] = (entry["verdict"], entry["by"])
                except (ValueError, KeyError, TypeError):
                    continue
        return known

    def add(self, key: str, verdict: str, by: str) -> None:
        """Remember a verdict, also on the disk."""
        self.verdicts[key] = (verdict, by)
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "verdict": verdict, "by": by}) + "\n")


@dataclass
class Witnesses:
    """The scenarios and pins of a folder, as far as they decide about a verdict."""

    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)

    def key(self, mutant: Mutant, source: Source, scenarios: Iterable[str]) -> str:
        """Return what the verdict of `mutant` depends on, as one name."""
        parts = [str(_ENGINE), _PYTHON, mutant.key(source), self._of(self.folder / "conftest.py")]
        for scenario in sorted(scenarios):
            *folders, module, _ = ["", *scenario.split("/")]
            role = Path(self.folder, "scenarios", *folders)
            parts += [self._of(role / f"test_{module}.py"), self._of(role / "conftest.py")]
            parts.append(self._of(self.folder / "pins" / f"{scenario}.yaml"))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    def _of(self, path: Path) -> str:
        name = str(path)
        if name not in self.hashes:
            raw = path.read_bytes() if path.is_file() else b""
            self.hashes[name] = hashlib.sha256(raw).hexdigest()
        return self.hashes[name]
