"""Lets the tests of the plan use the tools of the engine's own tests."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "unit/carve"))
