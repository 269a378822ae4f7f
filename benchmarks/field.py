"""Does carve take apart classes of published projects, with their own tests as the judges?

    python benchmarks/field.py [--keep DIR] [--plain] [CASE...]

What is fetched stays in the user's cache folder, far from the settings of this repository, which
pytest would take for those of a project that has none.

For each case of `field.yaml`: the source distribution comes from the package index and is
unpacked into a new repository, the tests run in an environment of its own, each group of members
is carved out by itself and then all of them one after the other, the tests run again, and
`carve trace` compares what goes through the class before and after. `--plain` leaves the trace
out. The table in `field.md` keeps the rows of the cases that were not asked for.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
CASES = HERE / "field.yaml"
TABLE = HERE / "field.md"
HEAD = """\
# Classes of published projects

Does carve take apart classes of published projects, with their own tests as the judges?

`nox -s field` writes this page; `nox -s field -- CASE` measures one case again. The tests
run after each group alone and after all of them one after the other; there, `carve trace`
compares as well, and says in how many tests two runs of the tree before do not agree in all.
A group that may rightly be refused says why, and the part of it that can go has a row of its
own.

| case | group | members | tests before | tests after | trace differences | seconds | refused |
|---|---|---|---|---|---|---|---|"""
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
GIT = (
    "git",
    "-c",
    "user.name=field",
    "-c",
    "user.email=field@localhost",
    "-c",
    "safe.directory=*",
)


class Case:
    """One class of one project, in a folder of its own."""

    def __init__(self, name: str, given: dict[str, Any], home: Path) -> None:
        """Remember what the case is about."""
        self.name, self.given, self.home = name, given, home
        self.project = str(given["project"])
        self.host = str(given["class"])
        self.source = home / "sources" / self.project
        package = self.project.partition("==")[0]
        self.python = home / "environments" / package / "bin/python"
        self.root = "src" if self.host.startswith("src/") else "."

    def prepare(self, common: list[str]) -> None:
        """Fetch and commit the sources and make the environment, unless that has been done."""
        if not self.python.exists():
            venv.create(self.python.parents[1], with_pip=True, symlinks=True)
            needed = [*common, *self.given.get("needs", []), *self.given.get("also", [])]
            self.install(f"{HERE.parent}[carve]", *needed)
        else:  # it has to be carve as it is now
            self.install("--force-reinstall", "--no-deps", str(HERE.parent))
        if not self.source.exists():
            fetched = self.home / "fetched" / self.project
            words = ["download", "-q", "--no-binary", ":all:", "--no-deps", "-d", str(fetched)]
            run([self.python, "-m", "pip", *words, self.project])
            with tarfile.open(next(fetched.glob("*.tar.gz"))) as archive:
                archive.extractall(fetched, filter="data")
            self.source.parent.mkdir(parents=True, exist_ok=True)
            next(each for each in fetched.iterdir() if each.is_dir()).rename(self.source)
            run([*GIT, "init", "-q", "--template=", "."], self.source)
            run([*GIT, "add", "-A", "-f", "."], self.source)
            run([*GIT, "commit", "-q", "-m", self.project], self.source)

    def install(self, *words: str) -> None:
        """Install into the environment of the case."""
        run([self.python, "-m", "pip", "install", "-q", *words])

    def copy(self, label: str) -> Path:
        """Return a fresh copy of the repository."""
        folder = self.home / "trees" / f"{self.name}-{label}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.source, folder, symlinks=True)
        return folder

    def tests(self, files: str = "tests") -> list[str]:
        """Return the command that runs the tests from the folder of the project.

        What is `traced` are fewer files where all of them would take more than minutes.
        """
        left_out = [f"--deselect={each}" for each in self.given.get("deselected", [])]
        words = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
        return [str(self.python), *words, *self.given.get(files, self.given["tests"]), *left_out]

    def judged(self, folder: Path, before: str) -> str:
        """Run the tests until they end as before, at most thrice: some measure time."""
        for _ in range(2):
            if self.tested(folder) == before:
                return before
        return self.tested(folder)

    def green(self, folder: Path) -> str:
        """Run the tests until none fails, at most thrice, for the same reason."""
        for _ in range(2):
            if not re.search("failed|error", told := self.tested(folder)):
                return told
        return self.tested(folder)

    def tested(self, folder: Path) -> str:
        """Run the tests; return how many ended how."""
        done = run(self.tests(), folder, check=False, PYTHONPATH=str(folder / self.root))
        counted = sorted((kind, number) for number, kind in COUNTS.findall(done.stdout[-400:]))
        told = ", ".join(f"{number} {kind}" for kind, number in counted)
        failed = re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.MULTILINE)
        print(f"{folder.name}  {told}", *failed, sep="\n    ", file=sys.stderr)
        return told or f"none: exit code {done.returncode}"

    def extract(self, folder: Path, to: str, wanted: dict[str, str]) -> dict[str, Any]:
        """Carve one group out of the class; return the step as carve reports it."""
        words = ["extract", self.host, "--to", to]
        for key in {"members", "helpers"} & set(wanted):
            words += [f"--{key}", ",".join(wanted[key].split())]
        done = self.carve(folder, *words)
        step: dict[str, Any] = done.get("step") or {"state": "failed", "problems": [done]}
        return step

    def trace(self, folder: Path) -> str:
        """Return how many differences the last commit and the files show, in how many tests."""
        done = self.carve(folder, "trace", self.host, "--", *self.tests("traced"))
        (self.home / f"trace-{folder.name}.json").write_text(json.dumps(done, indent=1))
        if "differences" not in done:
            return "failed"
        noisy = {test for each in done["left_out"] for test in each["tests"]}
        told = f"{len(done['differences'])} in {done['figures']['tests']} tests"
        return f"{told}, {len(noisy)} with noise" if noisy else told

    def carve(self, folder: Path, *words: str) -> dict[str, Any]:
        """Run carve in the folder; return the document that it prints."""
        command, *rest = words
        where = ["--repo", str(folder), "--root", self.root, "--json"]
        done = run([self.python, "-m", "carve", command, *where, *rest], folder, check=False)
        try:
            found: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            return {"message": done.stderr[-2000:]}
        return found


def run(
    words: list[Any], folder: Path | None = None, *, check: bool = True, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run a command without a network of its own making; return what it printed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        list(map(str, words)),
        cwd=folder,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **extra},
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done


def measure(case: Case, *, plain: bool) -> list[dict[str, Any]]:
    """Return a row for each group by itself, and one for all of them together."""
    before = case.green(case.copy("before"))
    together = case.copy("all")
    rows, gone = [], []
    for group in case.given["groups"]:
        for wanted in attempts(group):
            row = one(case, group, wanted, before)
            rows.append(row)
            if row["state"] == "done":
                step = case.extract(together, group["to"], wanted)
                state = "" if step["state"] == "done" else f" {step['state']}"
                gone.append(group["to"].rpartition(":")[2] + state)
                break
    started = time.monotonic()
    after = case.judged(together, before) if gone else before
    traced = case.trace(together) if gone and not plain else "not asked"
    ends = {"before": before, "after": after, "trace": traced}
    label = {"case": case.name, "group": "all together", "state": "done", "moved": ", ".join(gone)}
    return [*rows, {**label, **ends, "refused": "", "seconds": time.monotonic() - started}]


def attempts(group: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield what is asked for, and what is asked for instead when that is refused."""
    yield {"members": group["members"]}
    if "rest" in group:
        yield group["rest"]


def one(case: Case, group: dict[str, Any], wanted: dict[str, str], before: str) -> dict[str, Any]:
    """Carve out one group by itself, and say what became of it."""
    started = time.monotonic()
    folder = case.copy(group["to"].rpartition(":")[2])
    step = case.extract(folder, group["to"], wanted)
    done = step["state"] == "done"
    after = case.judged(folder, before) if done else ""
    problems = [
        f"{each.get('check') or ''}: {each.get('message')}; {each.get('instead') or ''}"
        for each in step["problems"]
    ]
    name = group["to"].rpartition(":")[2]
    print(f"{case.name}  {name}  {step['state']}  {after}", *problems, sep="\n  ", file=sys.stderr)
    count = f"{len(wanted['members'].split())} of {len(group['members'].split())}"
    added = f", with {wanted['helpers']}" if "helpers" in wanted else ""
    return {
        "case": case.name,
        "group": name,
        "state": step["state"],
        "moved": f"{count}{added}" if done else "none",
        "before": before,
        "after": after,
        "trace": "",
        "refused": "<br>".join(problems),
        "seconds": time.monotonic() - started,
        "hard": group.get("may refuse", ""),
    }


def page(cases: dict[str, list[dict[str, Any]]]) -> str:
    """Return the table in Markdown; cases without rows keep those that the table has."""
    known = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    lines = [HEAD]
    for name, rows in cases.items():
        kept = [line for line in known if line.startswith(f"| {name} |")]
        lines += [as_line(row) for row in rows] or kept
    return "\n".join([*lines, ""])


def as_line(row: dict[str, Any]) -> str:
    """Return a row of the table."""
    cells = (row["case"], row["group"], row["moved"], row["before"], row["after"] or "-")
    more = (row["trace"] or "-", f"{row['seconds']:.0f}", row["refused"] or "-")
    return f"| {' | '.join((*cells, *more))} |"


def main() -> int:
    """Measure the cases that are asked for; return 1 when a test or the trace differs."""
    parser = argparse.ArgumentParser(description="classes of published projects")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--plain", action="store_true", help="leave the trace out")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    parser.add_argument("--keep", type=Path, default=Path(cache, "carve-field"))
    asked = parser.parse_args()
    given = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    home = asked.keep.resolve()
    unknown = set(asked.cases) - set(given["cases"])
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}; one of {', '.join(given['cases'])}")
    home.mkdir(parents=True, exist_ok=True)
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in given["cases"]}
    for name in asked.cases or given["cases"]:
        case = Case(name, given["cases"][name], home)
        case.prepare(given["pytest"])
        measured[name] = measure(case, plain=asked.plain)
        TABLE.write_text(page(measured), encoding="utf-8")
    return int(any(is_bad(row) for rows in measured.values() for row in rows))


def is_bad(row: dict[str, Any]) -> bool:
    """Tell whether a test or the trace differs, or something was refused that has to go."""
    differs = row["after"] not in ("", row["before"])
    traced = row["trace"] in ("", "not asked") or row["trace"].startswith("0 in ")
    return differs or not traced or (row["state"] != "done" and not row["hard"])


if __name__ == "__main__":
    sys.exit(main())
