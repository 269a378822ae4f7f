"""The one JSON document that a command prints with `--json`."""

import json
import math
from collections.abc import Mapping
from typing import Any

from carve.report.model import FORMAT

__all__ = ["document"]


def document(command: str | None, body: Mapping[str, Any], exit_code: int) -> str:
    """Return the document as text; its first keys are `format` and `command`."""
    content = {"format": FORMAT, "command": command, **body, "exit_code": exit_code}
    content["format"] = FORMAT
    return json.dumps(_plain(content), indent=2, allow_nan=False, default=str) + "\n"


def _plain(value: Any) -> Any:
    """Return `value` without the floats for which JSON has no word."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
