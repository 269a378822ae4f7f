"""Validate subcontracts beside bare pydantic models, and load the registry of mixins cold.

python benchmarks/subcontracts.py --rounds 40
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from pydantic import BaseModel, create_model

from omnibase_core.models.contracts import subcontracts
from omnibase_core.models.contracts.subcontracts import ModelSubcontractBase

_AIM_RATIO = 2.0
_AIM_MILLISECONDS = 150
_CALLS = 400
_COLD = "from omnibase_core.discovery import MixinDiscovery; MixinDiscovery().get_all_mixins()"
_IMPORT = "import omnibase_core"


def main() -> None:
    """Print each model's time beside that of its bare twin, then what a cold process costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--rounds", type=int, default=40, help="rounds of 400 calls per model")
    rounds = parser.parse_args().rounds
    print(f"{'validated from a mapping':42}{'bare':>8}{'model':>8}{'ratio':>8}   (microseconds)")
    worst = max(_compare(model, rounds) for model in _models())
    print(f"aim: no ratio above {_AIM_RATIO}; the highest is {worst:.2f}")
    print()
    bare = _process_milliseconds("pass")
    for code, words in ((_IMPORT, "import the package"), (_COLD, "load the whole registry")):
        spent = _process_milliseconds(code)
        print(f"{words:26}{spent:7.1f} ms of process time, {spent - bare:.1f} above Python's own")
    print(f"aim: the registry in under {_AIM_MILLISECONDS} ms, and the import without it")


def _models() -> list[type[ModelSubcontractBase]]:
    """Return the subcontracts for which nothing has to be given."""
    named = (getattr(subcontracts, name) for name in subcontracts.__all__)
    models = [m for m in named if isinstance(m, type) and issubclass(m, ModelSubcontractBase)]
    fields = [m for m in models if m.model_fields]
    return [m for m in fields if not any(f.is_required() for f in m.model_fields.values())]


def _compare(model: type[ModelSubcontractBase], rounds: int) -> float:
    """Print the least time per call of both, taken in turns, and return their ratio."""
    fields = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    twin = create_model("Bare", **fields)  # type: ignore[call-overload]
    data = model().model_dump()
    bare = full = float("inf")
    for _ in range(rounds):
        bare = min(bare, _microseconds(twin.model_validate, data))
        full = min(full, _microseconds(model.model_validate, data))
    print(f"{model.__name__:42}{bare:8.2f}{full:8.2f}{full / bare:8.2f}")
    return full / bare


def _microseconds(call: Callable[[Mapping[str, object]], BaseModel], data: object) -> float:
    started = time.perf_counter()
    for _ in range(_CALLS):
        call(data)  # type: ignore[arg-type]
    return (time.perf_counter() - started) / _CALLS * 1e6


def _process_milliseconds(code: str, runs: int = 5) -> float:
    """Return the least processor time of a fresh interpreter, its own start included."""
    script = f"{code}\nimport time; print(time.process_time())"
    command = [sys.executable, "-c", script]
    outputs = [
        subprocess.run(command, capture_output=True, check=True, text=True).stdout
        for _ in range(runs)
    ]
    return min(float(output) for output in outputs) * 1000


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
