"""Names that an extraction changes: a moved member is called after its mixin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from carve.trace.model import Difference

__all__ = ["Naming"]


@dataclass(frozen=True, slots=True)
class Naming:
    """What the moved members are called after the change, and what they were before it."""

    old_by_new: Mapping[str, str]

    @classmethod
    def of(cls, before: Mapping[str, Any], after: Mapping[str, Any]) -> "Naming":
        """Return the names of two looks at one class."""
        pairs: dict[str, str] = {}
        old, new = before.get("members", {}), after.get("members", {})
        for name in old.keys() & new.keys():
            was, became = old[name]["owner"], new[name]["owner"]
            if was != became:
                pairs[f"{became}.{name}"] = f"{was}.{name}"
                short = [f"{each.rpartition('.')[2]}.{name}" for each in (became, was)]
                pairs[short[0]] = short[1]
                modules = [each.rpartition(".")[0] for each in (became, was)]
                pairs.setdefault(*modules)
        return cls(pairs)

    def named(self, difference: Difference) -> Difference:
        """Return the difference as one of names, if it is nothing else."""
        if difference.before == difference.after or not self.old_by_new:
            return difference
        names = sorted(self.old_by_new, key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?!\w)")
        old = pattern.sub(lambda found: self.old_by_new[found[0]], difference.after)
        if old != difference.before:
            return difference
        return replace(difference, kind="name", what=f"{difference.what}, in the name of a member")
