"""`carve gate` says of each gate whether it holds, and of all what they object to."""

import json
import os
import subprocess
import sys
from pathlib import Path

from deleting import GONE, PLAN, REPOSITORY, shop

ADVICE = (
    "    pin it and name the folder as pins: below verify:, or say under unproven: why it may go "
    "without"
)
BARE = PLAN.replace("verify: {pins: characterization}\n", "")


def carve(repo: Path, *words: str) -> tuple[int, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "carve", *words],
        cwd=repo,
        env={**kept, "PYTHONPATH": str(REPOSITORY / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_it_tells_of_each_gate_and_what_comes_next(tmp_path: Path) -> None:
    repo = shop(tmp_path, BARE)
    code, out = carve(repo, "gate", "shop.till", "--plan", "plan.yaml")
    assert code == 1
    assert out.splitlines() == [
        "shop.till  before step 04-gone",
        "  held       references   nothing leads to it",
        "  held       destination  all of its code has another place",
        "  not asked  coverage     the plan has no pins",
        "  not asked  mutation     the plan has no pins",
        "  not asked  imports      the plan has no pins",
        "  open       pins         the plan has none",
        "  note       lines before step 1: 7 moved, 1 rewritten, 2 dropped, 4 in place",
        "",
        "pins  1 found",
        "  plan.yaml:30:5  the plan has no pins, so nothing holds what shop.till does",
        ADVICE,
        "",
        "src/shop/till.py has to stay: 1 of 6 gates is open",
    ]


def test_it_ends_with_0_when_all_hold_and_has_everything_as_json(tmp_path: Path) -> None:
    repo = shop(tmp_path, f"{BARE.removesuffix(GONE)}{GONE}    unproven: a toy\n")
    document = json.loads(carve(repo, "gate", "shop.till", "--plan", "plan.yaml", "--json")[1])
    assert (document["command"], document["exit_code"], document["open"]) == ("gate", 0, 0)
    assert document["notes"][1:] == ["unproven: a toy"]
    assert document["lines"] == {"moved": 7, "rewritten": 1, "dropped": 2, "in place": 4}
