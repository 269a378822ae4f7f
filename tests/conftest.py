"""What holds for all tests: no judgement of how fast a machine is, and no work done twice."""

import compileall
import gc
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("shared")

# The engine looks for garbage that seldom as well.
gc.set_threshold(50_000, 10, 10)

# Shells let what they start in the background be deaf, and what that starts as well. Who is only
# hard of hearing starts others that hear, as tests of interruptions want them to.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)


def pytest_configure(config: pytest.Config) -> None:
    """Compile what hundreds of processes are about to import, also where Python may not do so."""
    config.addinivalue_line("markers", "once: shows the same on every Python, so one will do")
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(__file__).parents[1] / "src", quiet=2)


def pytest_collection_finish() -> None:
    """Let the tests themselves, which stay, be no candidates for garbage."""
    gc.collect()
    gc.freeze()
