"""Where merged members differed: place, what covers it, and what each class has there."""

from rich.console import Console

from carve.report.model import StepRecord
from carve.report.terminal import line, safe

__all__ = ["show_differences"]


def show_differences(console: Console, step: StepRecord) -> None:
    """Print each difference with the classes that agree on one line."""
    for each in step.differences:
        head = f"{safe(each.member)}:{each.line}  {safe(each.cover or 'not covered')}"
        console.print(line(("  differs  ", "dim"), head), soft_wrap=True)
        agreeing: dict[str, list[str]] = {}
        for host, value in zip(each.hosts, each.values, strict=True):
            agreeing.setdefault(value, []).append(host)
        for value, hosts in agreeing.items():
            console.print(
                line((f"           {safe(', '.join(hosts))}: ", "dim"), safe(value)),
                soft_wrap=True,
            )
