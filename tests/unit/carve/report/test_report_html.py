"""The page holds everything in one file, shows hostile text as text, and can be worked with."""

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from carve.report.html import page

HOSTILE = '</script><script>document.title="owned"</script><!--<b>&amp; "quoted" \u2028 \udcff'
MOVE = "src/pkg/god.py:{0}-{1} -> src/pkg/mixin_{0}.py:5-6"
SHOWN = HOSTILE.replace("\udcff", "\\udcff")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def needs_browser(test: Callable[..., None]) -> Callable[..., None]:
    """Let a test of what a browser makes of a page, which is Python no more, run where one is."""
    lacking = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
    return pytest.mark.once(lacking(test))


def step(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "id": f"0{number}-step",
        "title": f"Extract Mixin{number} from God",
        "why": "it is one thing",
        "state": "done",
        "members": [
            {
                "name": f"run_{number}",
                "owner": "pkg.god:God",
                "lines": 2,
                "moves": [
                    f"src/pkg/god.py:{number}-{number + 1} -> src/pkg/mixin_{number}.py:5-6"
                ],
            }
        ],
        "lines": 2,
        "target": f"pkg.mixin_{number}:Mixin{number}",
        "files": [{"path": f"src/pkg/mixin_{number}.py", "before": None, "after": "ab" * 20}],
        "diff": "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-<i>old</i>\n+new\n",
        "checks": 28,
        "asked": ["compiles"],
        "pins": 7,
        "tests": "3 passed",
        "seconds": 1.5,
        "commit": "c" * 40,
        "tree": "d" * 40,
        "notes": [],
        "problems": [],
        "kind": "extract_mixin",
        "hosts": ["pkg.god:God"],
        "moves": [],
        "differences": [],
        **facts,
    }


def content(**facts: Any) -> dict[str, Any]:
    text = ["class God:", "    def run_1(self):", "        return 1", "    x = 2", "", HOSTILE]
    mixin = ["moved", "01-step", "src/pkg/mixin_1.py"]
    rows = [
        [1, "header", "in place", "", "src/pkg/god.py", 1, 0],
        [2, "code", *mixin, 5, 0],
        [3, "code", *mixin, 6, 1],
        [4, "code", "in place", "", "src/pkg/god.py", 2, 2],
        [5, "blank", "dropped", "01-step", "", 0, None],
        [6, "comment", "in place", "", "src/pkg/god.py", 3, None],
    ]
    differs = {"member": "run", "line": 3, "hosts": ["A", "B"], "values": ["1", HOSTILE]}
    differs["cover"] = "parameter limit"
    problem = {"message": HOSTILE, "where": "src/<b>.py:3", "instead": "try", "check": "pins"}
    return {
        "format": 1,
        "plan": "plan.yaml",
        "base": "e" * 40,
        "steps": [
            step(1),
            step(2, state="failed", problems=[problem], notes=[HOSTILE], differences=[differs]),
            step(3, state="pending", pins=None, tests=None, commit=None, diff=""),
        ],
        "modules": [
            {
                "module": "pkg.god",
                "path": "src/pkg/god.py",
                "blob": "f" * 40,
                "classes": ["pkg.god:God"],
                "sums": {"lines": 6, "in place": 3, "moved": 2, "rewritten": 0, "dropped": 1},
                "dropped": {"blank": 1},
                "scenarios": [f"god/{HOSTILE}", "god/b", "import"],
                "sets": ["0-2", "1", ""],
                "rows": rows,
                "text": text,
            }
        ],
        "mutation": [
            {
                "module": "pkg.god",
                "total": 4,
                "killed": 3,
                "percent": 75.0,
                "survivors": [
                    {
                        "line": 3,
                        "member": "God.run_1",
                        "operator": "constant",
                        "was": "1",
                        "becomes": HOSTILE,
                        "verdict": "survived",
                        "reason": "",
                    }
                ],
            }
        ],
        "left": [{"class": "pkg.god:God", "lines": 1, "members": [{"name": "x", "lines": 1}]}],
        **facts,
    }


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(text)
    return parser.starts


def test_nothing_is_loaded_from_anywhere() -> None:
    text = page("Title", content())
    for tag, facts in elements(text):
        assert not {"src", "srcset", "data", "action"} & facts.keys(), tag
        assert not str(facts.get("href", "#")).partition("#")[0], tag
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|innerHTML|eval\(", text)
    addresses = set(re.findall(r"https?://[^\"' ]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_hostile_text_ends_no_element() -> None:
    text = page(HOSTILE, content())
    tags = [tag for tag, _ in elements(text)]
    assert (tags.count("script"), tags.count("b"), tags.count("i")) == (2, 0, 0)
    assert f"<title>{html.escape(SHOWN)}</title>" in text
    embedded = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert embedded is not None
    assert not set("<>&") & set(embedded[1])
    (module,) = json.loads(embedded[1])["modules"]
    assert module["text"][-1] == SHOWN
    text.encode("utf-8")


def test_the_policy_lets_this_very_script_and_style_run() -> None:
    text = page("Title", content())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]


def test_what_looks_like_a_place_to_fill_in_is_text() -> None:
    facts = content(plan="@script@ @data@")
    text = page("@data@", facts)
    assert "<title>@data@</title>" in text
    assert "@script@ @data@" in text


def dumped(folder: Path, text: str, width: int = 1280) -> str:
    """Return the document as the browser has it when all is done."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options += ["--no-first-run", f"--user-data-dir={folder / 'browser'}"]
    options += [f"--window-size={width},900", "--virtual-time-budget=8000", "--dump-dom"]
    done = subprocess.run(
        [str(CHROMIUM), *options, file.as_uri()],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


DRIVER = """<script>
const all = (choose) => [...document.querySelectorAll(choose)];
const byId = (id) => document.getElementById(id);
const pause = () => new Promise((done) => setTimeout(done, 300));
const shown = (choose) => all(choose).filter((each) => !each.closest("[hidden]"));
const press = (node, key) =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const seen = {};
window.addEventListener("error", (event) => { seen.error = event.message; });
(async () => {
  await pause();
  try { ACTIONS } catch (error) { seen.error = String(error.stack); }
  const end = Object.assign(document.createElement("pre"), { id: "seen" });
  end.textContent = JSON.stringify(seen);
  document.body.replaceChildren(end);
})();
</script></body>"""


def driven(folder: Path, actions: str, facts: dict[str, Any] | None = None) -> Any:
    """Return what `actions` has put into `seen`, once it is through."""
    text = page("God", facts or content())
    # The page's own policy would not let a second script run.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    text = text.replace("</body>", DRIVER.replace("ACTIONS", actions))
    found = re.search(r'<pre id="seen">(.*?)</pre>', dumped(folder, text), re.DOTALL)
    assert found is not None
    seen = json.loads(html.unescape(found[1]))
    assert "error" not in seen, seen["error"]
    return seen


@needs_browser
def test_it_shows_everything_under_its_own_policy(tmp_path: Path) -> None:
    text = dumped(tmp_path, page("God", content()))
    assert "<title>God</title>" in text
    tags = [tag for tag, _ in elements(text)]
    assert tags.count("script") == 2
    for shown in ("1 of 3", "Mixin1", "lines that no scenario holds", "God.run_1", 'class="band'):
        assert shown in text
    assert len(re.findall(r'role="option"', text)) == 6


@needs_browser
def test_search_and_filters_leave_what_fits(tmp_path: Path) -> None:
    seen = driven(
        tmp_path,
        """
        const found = () => [shown(".step").length, shown(".line").length];
        const count = () => [...found(), byId("count").value];
        seen.all = count();
        const text = byId("text");
        text.value = "RUN_1"; text.dispatchEvent(new Event("input")); await pause();
        seen.text = count();
        document.querySelector(".filters [type=reset]").click(); await pause();
        seen.reset = count();
        const step = byId("step");
        step.value = "01-step"; step.dispatchEvent(new Event("change")); await pause();
        seen.step = count();
        press(document.body, "Escape"); await pause();
        const target = byId("target");
        target.value = "dropped"; target.dispatchEvent(new Event("change")); await pause();
        seen.target = count();
        """,
    )
    assert seen["all"] == seen["reset"] == [3, 6, ""]
    assert seen["text"] == [1, 1, "1 step, 1 line"]
    assert seen["step"] == [1, 3, "1 step, 3 lines"]
    assert seen["target"][1] == 1


@needs_browser
def test_a_step_opens_to_its_proofs_and_its_patch(tmp_path: Path) -> None:
    seen = driven(
        tmp_path,
        """
        const [first, second] = document.querySelectorAll(".step > details > summary");
        first.focus(); press(first, "ArrowDown");
        seen.focus = document.activeElement === second;
        seen.stops = all(".step > details > summary").map((each) => each.tabIndex);
        first.click(); await pause();
        const inside = first.parentElement.querySelector(".inside");
        seen.text = inside.textContent;
        inside.querySelector(".patch summary").click(); await pause();
        seen.plus = inside.querySelector(".plus").textContent;
        seen.minus = inside.querySelector(".minus").textContent;
        second.click(); await pause();
        seen.failed = second.parentElement.querySelector(".inside").textContent;
        """,
    )
    assert seen["focus"] is True
    assert seen["stops"] == [-1, 0, -1]
    assert "pins that held7" in seen["text"]
    assert "src/pkg/god.py:1-2src/pkg/mixin_1.py:5-6" in seen["text"]
    assert f"run:3parameter limitA: 1B: {SHOWN}" in seen["failed"]
    assert f"src/<b>.py:3{SHOWN}try" in seen["failed"]
    assert (seen["plus"], seen["minus"]) == ("+new\n", "-<i>old</i>\n")


@needs_browser
def test_a_line_tells_what_held_it_by_mouse_by_focus_and_by_click(tmp_path: Path) -> None:
    seen = driven(
        tmp_path,
        """
        const detail = () => byId("detail").textContent;
        const line = (number) => byId(`line-${number}`);
        const over = (node) => node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        over(line(2)); seen.over = detail();
        line(3).focus(); seen.focus = detail();
        press(line(3), "ArrowDown"); seen.arrow = detail();
        line(2).click(); over(line(6)); seen.kept = detail();
        seen.names = all(".scenarios li").map((each) => each.textContent);
        document.querySelector("#detail button").click(); await pause();
        seen.step = document.activeElement.textContent;
        seen.title = document.title;
        """,
    )
    assert "Line 2" in seen["over"]
    assert "src/pkg/mixin_1.py:5" in seen["over"]
    assert "1 scenario" in seen["focus"]
    assert "Line 4" in seen["arrow"]
    assert "no scenario" in seen["arrow"]
    assert "Line 2" in seen["kept"]
    assert seen["names"] == [f"god/{SHOWN}", "god/b", "import of the module"]
    assert "01-step" in seen["step"]
    assert seen["title"] == "God"


@needs_browser
def test_a_band_of_the_picture_shows_its_lines_alone(tmp_path: Path) -> None:
    seen = driven(
        tmp_path,
        """
        const to = (each) => each.dataset.target.endsWith("mixin_1.py");
        const band = all(".band").find(to);
        seen.label = band.getAttribute("aria-label");
        press(band, "Enter"); await pause();
        seen.lines = shown(".line").map((each) => each.dataset.line);
        seen.faint = document.querySelectorAll(".band.faint").length;
        """,
    )
    assert seen["label"] == "2 lines of pkg.god: src/pkg/mixin_1.py"
    assert (seen["lines"], seen["faint"]) == (["2", "3"], 2)


@needs_browser
def test_the_colours_can_be_chosen(tmp_path: Path) -> None:
    seen = driven(
        tmp_path,
        """
        const paper = () => getComputedStyle(document.body).backgroundColor;
        for (const name of ["light", "dark", "auto"]) {
          document.querySelector(`button[data-theme=${name}]`).click();
          seen[name] = paper();
        }
        """,
    )
    assert seen["light"] == seen["auto"] != seen["dark"]


@needs_browser
def test_a_plan_that_takes_nothing_apart_is_a_page_too(tmp_path: Path) -> None:
    facts = content(steps=[], modules=[], mutation=[], left=[])
    seen = driven(tmp_path, 'seen.text = document.querySelector("main").textContent;', facts)
    assert "No class is taken apart by this plan." in seen["text"]
    assert "0 of 0" in seen["text"]


@needs_browser
def test_nothing_sticks_out_on_a_phone(tmp_path: Path) -> None:
    actions = """
    document.querySelectorAll("details").forEach((each) => { each.open = true; }); await pause();
    byId("line-2").click();
    seen.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    """
    seen = driven(tmp_path, f"document.body.style.width = '360px';{actions}")
    assert seen["wide"] <= 0
