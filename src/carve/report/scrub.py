"""What the rules of normalisation hide: measured in a run, as data and as text."""

from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console

from carve.report.behaviour import PinsRecord
from carve.report.pinned import show_pins
from carve.report.terminal import counted, lay, line, safe, table

__all__ = ["Cell", "RuleRecord", "ScrubRecord", "show_scrub"]

_STYLES = {"yes": "green", "no": "bold red"}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many wrong values were planted and seen; `hidden` says why the rule hides the aspect."""

    planted: int = 0
    seen: int = 0
    hidden: str = ""

    @property
    def verdict(self) -> str:
        """Return `yes`, `no`, `not applicable` or `hidden on purpose`."""
        if self.hidden:
            return "hidden on purpose"
        if not self.planted:
            return "not applicable"
        return "yes" if self.seen == self.planted else "no"

    def __str__(self) -> str:
        """Return the verdict with its count."""
        return f"{self.verdict} {self.seen}/{self.planted}" if self.planted else self.verdict


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule: what it masked in the run, and whether order, identity and presence show."""

    name: str
    reason: str
    masked: int
    scenarios: int
    order: Cell
    identity: Cell
    presence: Cell

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        data = asdict(self)
        for aspect in ("order", "identity", "presence"):
            data[aspect]["verdict"] = getattr(self, aspect).verdict
        return data


@dataclass(frozen=True, slots=True)
class ScrubRecord:
    """All rules, and each wrong value that was planted and not seen; `pins` is the run itself."""

    rules: tuple[RuleRecord, ...]
    unseen: tuple[dict[str, str], ...]
    pins: PinsRecord

    @property
    def objected(self) -> bool:
        """Tell whether a rule hides what it should not, or a pin did not hold."""
        return bool(self.unseen) or self.pins.objected

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        rules = [rule.to_json() for rule in self.rules]
        return {"rules": rules, "unseen": list(self.unseen), "pins": self.pins.to_json()}


def show_scrub(console: Console, record: ScrubRecord) -> None:
    """Print the table of rules, what was not seen, and the totals."""
    rows = table(
        "rule",
        "masked",
        "scenarios",
        "order",
        "identity",
        "presence",
        right=("masked", "scenarios"),
    )
    for rule in record.rules:
        cells = [
            line((str(cell), _STYLES.get(cell.verdict, "dim")))
            for cell in (rule.order, rule.identity, rule.presence)
        ]
        rows.add_row(safe(rule.name), str(rule.masked), str(rule.scenarios), *cells)
    lay(console, rows)
    console.print()
    for rule in record.rules:
        if rule.masked:
            console.print(
                line((safe(rule.name), "bold"), f": {safe(rule.reason)}"), soft_wrap=True
            )
    for each in record.unseen:
        console.print()
        head = (f"{each['rule']}: {each['aspect']} is not seen", "bold red")
        console.print(line(head, f"  {safe(each['scenario'])}"), soft_wrap=True)
        console.print(f"  before: {safe(each['before'])}", soft_wrap=True)
        console.print(f"  after:  {safe(each['after'])}", soft_wrap=True)
    console.print()
    console.print(_total(record), soft_wrap=True)
    if record.pins.objected:
        console.print()
        show_pins(console, record.pins)


def _total(record: ScrubRecord) -> str:
    cells = [cell for rule in record.rules for cell in (rule.order, rule.identity, rule.presence)]
    planted, seen = sum(cell.planted for cell in cells), sum(cell.seen for cell in cells)
    masked = sum(rule.masked for rule in record.rules)
    values = f"{counted(masked, 'value')} masked in {counted(record.pins.total, 'scenario')}"
    return f"{values}, {seen} of {counted(planted, 'wrong value')} seen"
