"""The command `carve`; where the engine is not installed, it says how to install it."""

import sys
from importlib.util import find_spec

__all__ = ["main"]

# What the extra `carve` brings, by the names under which it is imported.
_NEEDED = (
    "coverage",
    "pytest",
    "rich",
    "rope",
    "time_machine",
    "typer",
    "xdist",
)


def main() -> None:
    """Run the command line, or exit with 2 where something that it needs is missing."""
    # Asked before anything is imported, so that a fault in carve is never taken for this.
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        print(
            f"error: carve needs {', '.join(missing)}, which is not installed here\n"
            "  try python -m pip install 'omnibase-core[carve]'",
            file=sys.stderr,
        )
        sys.exit(2)
    try:
        from carve.cli import main as run  # noqa: PLC0415 - needs what was asked for above

        run()
    except KeyboardInterrupt:  # before it could be heeded
        print("interrupted; nothing was changed", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
