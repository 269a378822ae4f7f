"""One traced process: everything put together, begun and ended."""

import random
import sys

from .log import Log
from .members import Family
from .monitoring import Monitoring
from .profiling import Profiling
from .settings import Settings
from .shaking import Memory
from .texts import Texts
from .values import Values
from .watcher import Watcher

__all__ = ["Session"]

_MONITORED = (3, 12)


class Session:
    """Watches the class from now on until it is closed."""

    def __init__(self, settings: Settings) -> None:
        """Begin to watch."""
        self._seed = settings.seed
        self._memory = Memory()
        self._family = Family(settings)
        values = Values(Texts(settings.masks), self._family.stands)
        self.log = Log(settings, values)
        watcher = Watcher(self._family, values, self.log)
        kind = Monitoring if sys.version_info >= _MONITORED else Profiling
        self._eyes = kind(self._family, watcher)
        self._eyes.start()

    @classmethod
    def begun(cls) -> "Session | None":
        """Return a session if the environment asks for one."""
        settings = Settings.load()
        return cls(settings) if settings else None

    def begin(self, test: str) -> None:
        """Count what follows as part of `test`."""
        if self._seed is not None:
            random.seed(self._seed)
        self.log.begin(test)
        self._memory.shake()

    def close(self) -> None:
        """End it; the file of this process is complete."""
        self._eyes.stop()
        target = self._family.target
        self.log.close(found=target is not None, file=self._family.file)
