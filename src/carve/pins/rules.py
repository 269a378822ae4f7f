"""The text rules: what differs between two runs, machines or Python versions without meaning.

Each rule has a name and a reason and counts what it masked, so that a report can show how much of
an observation was not compared word for word.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["RULES", "Rule", "apply_rules", "mask_roots"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of text that is masked; `pattern` is None where code, not a pattern, does it."""

    name: str
    reason: str
    pattern: re.Pattern[str] | None = None
    replacement: str = ""


def _rule(name: str, reason: str, pattern: str, replacement: str) -> Rule:
    return Rule(name, reason, re.compile(pattern, re.MULTILINE), replacement)


RULES: tuple[Rule, ...] = (
    Rule("id", "ids are drawn at random; which of them are equal is kept"),
    Rule("path", "scratch folders and checkouts lie elsewhere on each machine"),
    Rule("clock noise", "binary fractions of a wall clock reading blur a duration's last digits"),
    Rule("float noise", "sums of floats are rounded differently since Python 3.12"),
    Rule("owner of a callable", "a moved method is named after its new class; the name stays"),
    _rule(
        "traceback",
        "line numbers and markers change when code moves and between Python versions",
        r"^Traceback \(most recent call last\):\n(?:[ \t].*(?:\n|\Z))+",
        "Traceback: <frames>\n",
    ),
    _rule("address", "objects lie elsewhere in each run", r"\bat 0x[0-9A-Fa-f]+", "at <address>"),
    _rule(
        "owner in a repr",
        "a moved method is named after its new class",
        r"<(bound method|function|coroutine object|async_generator object|generator object) "
        r"(?:[\w<>]+\.)+(\w+)",
        r"<\1 \2",
    ),
    _rule(
        "owner in a call error",
        "a moved method is named after its new class",
        r"(?<![\w.])(?:\w+\.)(?:[\w<>]+\.)*(\w+\(\)) (?=missing|takes|got|argument)",
        r"\1 ",
    ),
    _rule(
        "suggestion",
        "since Python 3.13 some messages end in a guess at a better name",
        r"\. Did you mean:? '[^']*'\?",
        "",
    ),
    _rule(
        "abstract class (3.11)",
        "Python 3.12 phrases it differently",
        r"Can't instantiate abstract class (\w+) with abstract methods? (.+)$",
        r"Can't instantiate abstract class \1: \2",
    ),
    _rule(
        "abstract class (3.12)",
        "Python 3.11 phrases it differently and without quotes",
        r"Can't instantiate abstract class (\w+) without an implementation for abstract methods? "
        r"'(.+)'$",
        r"Can't instantiate abstract class \1: \2",
    ),
    _rule(
        "pydantic version",
        "pydantic names its own version in the help link of an error",
        r"errors\.pydantic\.dev/[\d.]+/",
        "errors.pydantic.dev/<version>/",
    ),
    _rule(
        "temporary name",
        "the tempfile module draws names at random",
        r"(?<![A-Za-z0-9_])tmp[a-z0-9_]{8}(?![A-Za-z0-9_])",
        "<temporary name>",
    ),
    _rule(
        "thread name",
        "thread pools are counted over the whole process",
        r"\bThreadPoolExecutor-\d+_(\d+)",
        r"ThreadPoolExecutor-<n>_\1",
    ),
    _rule("task name", "tasks are counted over the process", r"\bTask-\d+\b", "Task-<n>"),
)


def apply_rules(text: str, counts: Counter[str]) -> str:
    """Return `text` with each pattern of `RULES` applied in order; `counts` grows per rule."""
    for rule in RULES:
        if rule.pattern is not None:
            text, hits = rule.pattern.subn(rule.replacement, text)
            if hits:
                counts[rule.name] += hits
    return text


def mask_roots(text: str, roots: Mapping[str, str], counts: Counter[str]) -> str:
    """Return `text` with each folder of `roots` (folder -> mark) replaced, longest first."""
    for folder in sorted(roots, key=len, reverse=True):
        if folder in text:
            mark = roots[folder].replace("\\", "\\\\")
            text, hits = re.subn(re.escape(folder) + r"(?![\w.-])", mark, text)
            if hits:
                counts["path"] += hits
    return text
