"""The command prints, writes what it is asked for, and never over a file unasked."""

import json
import math
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from shelves import SHOP, shop

from carve.cli.suggesting import Wish, suggest_for
from carve.errors import CarveError
from carve.plan.load import load_plan
from carve.report.html import GRAPH, page
from carve.report.terminal import told

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SOURCE = "src/pkg/shop.py:Shop"


class Terminal:
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_everything_is_printed_within_80_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    answer = suggest_for(Wish(SOURCE), tmp_path)
    assert answer.exit_code == 0
    assert answer.show is not None
    text = re.sub(r"\x1b\[[\d;]*m", "", told(answer.show, Terminal()))  # type: ignore[arg-type]
    before, _, draft = text.partition("draft of a plan\n")
    assert max(map(len, before.splitlines())) <= 80
    for part in ("LCOM4", "basket", "firm", "stays in Shop", "who uses what"):
        assert part in before
    assert "id: 01-basket" in draft


def test_the_class_can_be_named_by_module_and_from_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path)
    monkeypatch.chdir(tmp_path / "src/pkg")
    named = [suggest_for(Wish(name), tmp_path).body for name in ("pkg.shop:Shop", "shop.py:Shop")]
    assert named[0] == named[1]
    assert json.dumps(named[0])
    assert named[0]["class"] == "pkg.shop:Shop"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("src/pkg/shop.py", "does not name a class"),
        ("src/pkg/shp.py:Shop", "no such file"),
        ("src/pkg/shop.py:Shopp", "has no class 'Shopp'"),
        ("notes.txt:Shop", "no Python module"),
        ("tool.py:Shop", "none of the roots"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, source: str, says: str) -> None:
    shop(tmp_path)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "tool.py").touch()
    with pytest.raises(CarveError, match=says) as caught:
        suggest_for(Wish(source), tmp_path)
    assert caught.value.exit_code == 2


def test_files_are_written_once_and_over_only_by_force(tmp_path: Path) -> None:
    shop(tmp_path)
    plan, graph = tmp_path / "plan.yaml", tmp_path / "graph.html"
    wish = Wish(SOURCE, plan=plan, html=graph)
    assert suggest_for(wish, tmp_path).exit_code == 0
    assert len(load_plan(plan).steps) == 3
    plan.write_text("mine", encoding="utf-8")
    with pytest.raises(CarveError, match="such a file already"):
        suggest_for(wish, tmp_path)
    assert plan.read_text(encoding="utf-8") == "mine"
    suggest_for(Wish(SOURCE, plan=plan, html=graph, force=True), tmp_path)
    assert load_plan(plan).steps


def test_no_plan_is_written_where_no_step_is_accepted(tmp_path: Path) -> None:
    shop(tmp_path, SHOP.replace("class Shop", "@dataclass(slots=True)\nclass Shop"))
    answer = suggest_for(Wish(SOURCE, plan=tmp_path / "plan.yaml"), tmp_path)
    assert answer.exit_code == 1
    assert not (tmp_path / "plan.yaml").exists()


def test_the_page_holds_hostile_names_as_text(tmp_path: Path) -> None:
    shop(tmp_path)
    body = dict(suggest_for(Wish(SOURCE), tmp_path).body)
    body["plan"] = "</script><script>alert(1)</script>"
    text = page("<b>", body, GRAPH)
    assert "<script>alert" not in text
    assert "<title>&lt;b&gt;</title>" in text
    assert "default-src 'none'" in text
    assert not re.search(r"(src|href)=\"(?!#)", text)
    data = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["plan"] == body["plan"]


def _drawn(page_file: Path, folder: Path) -> str:
    """Return the page as a browser has made it."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options += ["--no-first-run", f"--user-data-dir={folder}", "--window-size=1300,1000"]
    command = [str(CHROMIUM), *options, "--dump-dom", page_file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return re.sub(r"<script.*?</script>", "", done.stdout, flags=re.DOTALL)


def _many(count: int) -> str:
    """Return a class with as many members, in parts of ten that share an attribute."""
    methods = [
        f"    def work_{n // 10}_{n % 10}(self):\n        return self.part_{n // 10}_state\n"
        for n in range(count - count // 11 - 1)
    ]
    parts = "".join(f"        self.part_{n}_state = {{}}\n" for n in range(count // 11))
    return f"class Shop:\n    def __init__(self):\n{parts}\n" + "\n".join(methods)


@pytest.mark.once
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize(("count", "round_one"), [(100, True), (190, False)])
def test_a_browser_draws_every_member_and_every_use_legibly(
    tmp_path: Path, count: int, *, round_one: bool
) -> None:
    """Only these start a browser: that the script runs at all cannot be told without."""
    shop(tmp_path / "shop", _many(count))
    found = suggest_for(Wish(SOURCE), tmp_path / "shop")
    assert len(found.body["members"]) == count
    (tmp_path / "graph.html").write_text(page("Shop", found.body, GRAPH), encoding="utf-8")
    text = _drawn(tmp_path / "graph.html", tmp_path / "browser")
    assert len(re.findall(r'class="member hue-', text)) == count
    assert len(re.findall(r'class="use ', text)) == len(found.body["edges"])
    assert "undefined" not in text
    labels = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="\w+" transform="rot', text)
    places = [(float(x), float(y)) for x, y in labels]
    assert len(places) == count
    # Lines of 12 pixels, along a circle or in a list.
    assert min(math.dist(*each) for each in pairwise(places)) >= 12
    assert (len({x for x, _ in places}) > 1) is round_one
