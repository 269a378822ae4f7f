"""A preview of a merge shows where the classes differ, in the terminal and as data."""

import io
import json
from pathlib import Path

from merging import two
from rich.console import Console

from carve.cli.answer import Answer
from carve.plan.load import build_plan
from carve.report.jsonout import document
from carve.report.steps import show_chain
from carve.run.chain import preview

TEXT = "class {0}:\n    def load(self, n):\n        return n + {1}\n"


def test_differences_are_shown_side_by_side(tmp_path: Path) -> None:
    workspace = two(tmp_path, TEXT.format("A", 1), TEXT.format("B", 2), c=TEXT.format("C", 2))
    plan = build_plan(
        {
            "format": 1,
            "steps": [
                {
                    "id": "01-load",
                    "do": "merge_members",
                    "from": ["pkg.a:A", "pkg.b:B", "pkg.c:C"],
                    "to": "pkg.mixin_load:MixinLoad",
                    "members": ["load"],
                    "parameters": [{"name": "step", "values": ["1", "2", "2"]}],
                    "why": "thrice",
                }
            ],
        }
    )
    record = preview(workspace.folder, tmp_path / "plan.yaml", plan)
    shown = io.StringIO()
    show_chain(Console(file=shown, width=120), record)
    assert shown.getvalue().splitlines()[:4] == [
        "ok             01-load  Merge MixinLoad from A, B and C (1 member, 6 lines)",
        "  differs  load:3  step",
        "           A: 1",
        "           B, C: 2",
    ]
    answer = Answer(record.to_json(), 0)
    data = json.loads(document("preview", answer.body, 0))
    assert data["steps"][0]["differences"] == [
        {
            "member": "load",
            "line": 3,
            "hosts": ["A", "B", "C"],
            "values": ["1", "2", "2"],
            "cover": "step",
        }
    ]
