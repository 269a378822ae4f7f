"""Scenario ids: `<subject>/<module>/<scenario>`, read off the node id that pytest gives a test."""

import re

__all__ = ["FOLDER", "role_of", "scenario_id"]

FOLDER = "scenarios"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


def scenario_id(nodeid: str) -> str | None:
    """Return the id of the scenario behind `nodeid`, None if it lies outside `scenarios/`."""
    test, bracket, case = nodeid.partition("[")
    path, *names = test.split("::")
    folder, *parts = path.split("/")
    if folder != FOLDER or len(parts) < 2 or not names:  # noqa: PLR2004 - subject and module
        return None
    module = parts.pop().removesuffix(".py").removeprefix("test_")
    name = ".".join(each.removeprefix("test_") for each in names)
    if bracket:
        name += "-" + _UNSAFE.sub("-", case.removesuffix("]"))
    return "/".join([*parts, module, name])


def role_of(scenario: str) -> str:
    """Return the role (folder below `scenarios/`) that a scenario belongs to."""
    return scenario.partition("/")[0]
