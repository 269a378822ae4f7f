"""Which scenario ran which line: coverage of a few modules, one context per scenario."""

import os
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage

from carve.errors import CarveError

__all__ = ["IMPORT", "CoverageRequest", "Recorder", "combine"]

IMPORT = "import"


@dataclass(frozen=True, slots=True)
class CoverageRequest:
    """Where to write the data, and which source files to measure."""

    data_file: Path
    sources: tuple[Path, ...]

    @classmethod
    def parse(cls, text: str) -> "CoverageRequest":
        """Return the request written as `FILE=SOURCE[:SOURCE...]`."""
        data_file, equals, sources = text.partition("=")
        paths = tuple(Path(each).resolve() for each in sources.split(os.pathsep) if each)
        if not equals or not data_file or not paths:
            raise CarveError(f"--pin-coverage {text!r} is not FILE=SOURCE[{os.pathsep}SOURCE...]")
        if absent := [path for path in paths if not path.is_file()]:
            raise CarveError(f"--pin-coverage measures {str(absent[0])!r}, which is no file")
        return cls(Path(data_file).resolve(), paths)

    def __str__(self) -> str:
        """Return the request as the option's value."""
        sources = os.pathsep.join(str(path.resolve()) for path in self.sources)
        return f"{self.data_file.resolve()}={sources}"


class Recorder:
    """Measures from its creation on; what runs outside any scenario counts as `import`."""

    def __init__(self, request: CoverageRequest, worker: str | None) -> None:
        """Start measuring; a worker of xdist writes a file of its own, to be combined."""
        self._coverage = Coverage(
            data_file=str(request.data_file),
            data_suffix=worker,
            branch=True,
            include=[str(path) for path in request.sources],
            config_file=False,
            # A module that no scenario imports is a finding of the gate, not a warning here.
            messages=False,
        )
        self._coverage.set_option("run:core", "ctrace")
        self._coverage.set_option(
            "run:disable_warnings", ["no-data-collected", "module-not-imported"]
        )
        self._coverage.start()
        self._coverage.switch_context(IMPORT)

    def switch(self, context: str) -> None:
        """Count what runs from now on for `context`."""
        self._coverage.switch_context(context)

    def stop(self) -> None:
        """Write the data file."""
        self._coverage.stop()
        self._coverage.save()


def combine(request: CoverageRequest) -> None:
    """Merge what the workers wrote into the one data file."""
    coverage = Coverage(data_file=str(request.data_file), config_file=False)
    parts = sorted(request.data_file.parent.glob(f"{request.data_file.name}.*"))
    if parts:
        coverage.combine([str(part) for part in parts])
        coverage.save()
