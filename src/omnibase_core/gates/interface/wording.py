"""Say what a change of an interface does to contracts and to code."""

import json
from collections.abc import Mapping
from typing import Any

from omnibase_core.gates.interface.schema_nodes import choices

__all__ = ["choice_changes", "default_change", "kind_change", "need_change", "rule_change"]


def kind_change(was: set[str], now: set[str]) -> str | None:
    """Return what another type does, or None if it is the same."""
    if was == now:
        return None
    what = f"is {' or '.join(sorted(now))} now, where it was {' or '.join(sorted(was))}"
    if was - now:
        return (
            f"{what}: contracts that set it can be refused, code that reads it meets another type"
        )
    return f"{what}: code generated for the old type can meet one it does not know"


def need_change(*, must: bool) -> str:
    """Return what it does when a field has to be given from now on, or no longer has to."""
    if must:
        return "has to be given now: contracts that leave it out are refused"
    return "no longer has to be given: code that expects it in every contract can miss it"


def default_change(old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """Return what another default does, or None if it is the same."""
    was, now = (
        _text(part["default"]) if "default" in part else "made anew" for part in (old, new)
    )
    if was == now:
        return None
    return (
        f"is {now} by default now, where it was {was}: "
        "contracts that leave it out change their behaviour"
    )


def choice_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return what it does that values were listed, taken off the list or added to it."""
    before, after = choices(old), choices(new)
    if before is None or after is None:
        return [] if before == after else [_listing(before, after)]
    told = []
    if lost := sorted(before.keys() - after.keys()):
        told.append(f"no longer takes {', '.join(lost)}: contracts that say so are refused")
    if gained := sorted(after.keys() - before.keys()):
        told.append(
            f"takes {', '.join(gained)} as well: code generated for the old values "
            "can meet one it does not know"
        )
    return told


def _listing(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is not None:
        return f"takes only {', '.join(after)} now: contracts that say anything else are refused"
    return (
        f"takes more than {', '.join(before or ())} now: code generated for these can meet "
        "others, which it does not know"
    )


def rule_change(keyword: str, was: object, now: object) -> str:
    """Return what it does that any other rule about a value is different."""
    return (
        f"has another {keyword}, {_rule(now)} where it was {_rule(was)}: contracts that fit only "
        "the old rule are refused, code generated for it can meet what it does not know"
    )


def _rule(value: object) -> str:
    return "none" if value is None else _text(value)


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
