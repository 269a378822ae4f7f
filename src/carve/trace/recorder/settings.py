"""What a traced process is told, and the environment that it would have without being traced."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["VARIABLE", "Settings"]

VARIABLE = "CARVE_TRACE"


@dataclass(frozen=True)
class Settings:
    """Which class of which tree is traced, and where to write what is seen.

    Attributes:
        tree: The folder whose code counts as the repository's own.
        out: The folder that gets one file a process.
        module: The module that defines the class.
        name: The name of the class in it.
        most: How many events of a test are kept in full.
        masks: Folders, each with the mark that replaces it in texts.
        environment: Variables as they were before tracing; None for one that was not set.
        seed: Where the numbers of `random` begin in each test; None leaves them as they are.
    """

    tree: str
    out: str
    module: str
    name: str
    most: int
    masks: dict[str, str]
    environment: dict[str, "str | None"]
    seed: "int | None" = None

    @classmethod
    def load(cls) -> "Settings | None":
        """Return what the environment says, None in a process that is not traced."""
        told = os.environ.get(VARIABLE)
        if not told or not Path(told).is_file():
            return None
        return cls(**json.loads(Path(told).read_text(encoding="utf-8")))

    def restore(self) -> None:
        """Give this process, and those that it starts, the environment without the tracing."""
        os.environ.pop(VARIABLE, None)
        for name, value in self.environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
