"""The command line: parse, call, print, exit."""

from carve.cli.app import main as main

__all__ = ["main"]
