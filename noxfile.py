# /// script
# dependencies = ["nox>=2025.5", "pyyaml>=6.0.2"]
# ///
"""The commands of this project; `nox -l` lists the questions they answer."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nox
import yaml

nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

HERE = Path(__file__).parent
PLAN = "migration/plan.yaml"
PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
SUBJECTS = yaml.safe_load((HERE / "characterization/subjects.yaml").read_text(encoding="utf-8"))
STEPS = yaml.safe_load((HERE / PLAN).read_text(encoding="utf-8"))["steps"]
# The modules that are taken apart until nothing is left of them.
DOOMED = [step["module"] for step in STEPS if step["do"] == "delete_module"]


def _oldest() -> str:
    """Return our oldest Python that runs, as shims may only complain, else the one of nox."""
    for version in PYTHONS:
        found = shutil.which(f"python{version}")
        if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:  # noqa: PLW1510, S603 - the code is the answer
            return version
    return f"{sys.version_info.major}.{sys.version_info.minor}"


OLDEST = _oldest()


def _install(session: nox.Session, *groups: str) -> None:
    """Install the project in place with these dependency groups, unless that has been done."""
    wanted = [*nox.project.dependency_groups(PROJECT, *groups)]
    stamp = Path(session.virtualenv.location, "installed.txt")
    content = "\n".join([str(HERE), (HERE / "pyproject.toml").read_text("utf-8"), *wanted])
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != content:
        session.install("-e", ".[carve]", *wanted)
        stamp.write_text(content, encoding="utf-8")


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """Is it tidy?"""
    _install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    session.run("codespell")
    session.run("interrogate", "-q", "src")
    # Every fragment has to have a known kind and has to render.
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """Is it typed?"""
    _install(session, "types", "test", "docs")
    session.run("mypy")


@nox.session(python=OLDEST)
def gates(session: nox.Session) -> None:
    """Do mixins, their registry and their subcontracts agree?"""
    _install(session)
    session.run("python", "-m", "omnibase_core", "gates", *session.posargs)


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """Does every page build, and every link lead somewhere?"""
    _install(session, "docs")
    # Without it the theme advertises its successor at every build.
    session.run("mkdocs", "build", "--strict", *session.posargs, env={"NO_MKDOCS_2_WARNING": "1"})


@nox.session(python=OLDEST, default=False)
def schema(session: nox.Session) -> None:
    """Write the interfaces of the subcontracts as JSON Schemas, unless that would break one."""
    _install(session)
    session.run("python", "-m", "omnibase_core", "schema", *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Is it right? Where Python changes nothing, the oldest alone is asked."""
    _install(session, "test")
    which = "not once" if session.python != OLDEST else ""
    session.run("pytest", "-n", "auto", "-m", which, *session.posargs)


@nox.session(python=PYTHONS)
def characterize(session: nox.Session) -> None:
    """Is it unchanged?"""
    _install(session, "test")
    session.run("carve", "verify", *session.posargs)


@nox.session(python=OLDEST)
def coverage(session: nox.Session) -> None:
    """Do the pins hold every line and branch of what is to be taken apart?"""
    _install(session, "test")
    for module in DOOMED:
        session.run("carve", "coverage", module, "--plan", PLAN, *session.posargs)


@nox.session(python=OLDEST, default=False)
def migrate(session: nox.Session) -> None:
    """What does the whole migration come to?"""
    _install(session, "test")
    session.run("carve", "run", PLAN, *session.posargs)
    session.run("carve", "report", PLAN, "--html", "build/report.html")


@nox.session(python=OLDEST, default=False)
def gate(session: nox.Session) -> None:
    """May the archetypes go? nox -s gate -- MODULE asks for one of them."""
    _install(session, "test")
    for module in session.posargs or DOOMED:
        session.run("carve", "gate", module, "--plan", PLAN)


@nox.session(python=OLDEST, default=False)
def evidence(session: nox.Session) -> None:
    """Is the committed evidence what a run comes to today?"""
    _install(session, "test")
    session.run("carve", "evidence", PLAN, "--check", *session.posargs)


@nox.session(python=PYTHONS, default=False)
def replay(session: nox.Session) -> None:
    """Does every Python come from the baseline to the same trees?"""
    _install(session, "test")
    session.run("carve", "replay", PLAN, *session.posargs)


@nox.session(python=OLDEST, default=False)
def report(session: nox.Session) -> None:
    """What moved where? Writes build/report.html."""
    _install(session, "test")
    session.run("carve", "report", PLAN, "--html", "build/report.html", *session.posargs)


@nox.session(python=OLDEST, default=False)
def pin(session: nox.Session) -> None:
    """Accept new behaviour: nox -s pin -- NAME --reason WHY."""
    if not {each.partition("=")[0] for each in session.posargs} & {"--reason", "--prune"}:
        session.error("say what to pin and why: nox -s pin -- NAME --reason WHY")
    _install(session, "test")
    session.run("carve", "pin", *session.posargs)


@nox.session(python=OLDEST, default=False)
def reproduce(session: nox.Session) -> None:
    """Do the pins hold in any order, with any hash seed, twenty times?"""
    _install(session, "test")
    session.run("carve", "verify", "--repeat", "20", *session.posargs)


@nox.session(python=OLDEST, default=False)
def variants(session: nox.Session) -> None:
    """Do the steps hold for the same code written otherwise? nox -s variants -- 30."""
    _install(session, "test")
    count, *others = session.posargs or ["30"]
    files = ["tests/migration", "tests/unit/carve/source/test_cut_any_file.py"]
    files += ["tests/unit/carve/steps/test_other_texts.py"]
    session.run("pytest", "-n", "auto", *files, *others, env={"CARVE_EXAMPLES": count})


@nox.session(python=PYTHONS, default=False)
def fuzz(session: nox.Session) -> None:
    """Does any class of the standard library come apart? nox -s fuzz -- --count 3 --seed 7."""
    _install(session, "test")
    session.run("python", "tests/unit/carve/fuzzing.py", *session.posargs)


@nox.session(python=OLDEST, default=False)
def bench(session: nox.Session) -> None:
    """Is it fast enough?"""
    _install(session, "test")
    for name in ("plan_extraction", "characterization", "subcontracts"):
        session.run("python", f"benchmarks/{name}.py", *session.posargs)


@nox.session(python="3.12", default=False)
def field(session: nox.Session) -> None:
    """Does it take apart classes of published projects? nox -s field -- pyflakes measures one."""
    session.install("pyyaml>=6.0.2")
    session.run("python", "benchmarks/field.py", *session.posargs)


def _run_until(step_id: str) -> Callable[[nox.Session], None]:
    """Return a command that runs the migration up to and including a step."""

    def run(session: nox.Session) -> None:
        _install(session, "test")
        session.run("carve", "run", PLAN, "--until", step_id, *session.posargs)

    return run


for step in STEPS:
    command = _run_until(step["id"])
    command.__doc__ = step["why"]
    nox.session(python=OLDEST, name=f"step-{step['id']}", default=False)(command)


def _mutate(module: str) -> Callable[[nox.Session], None]:
    """Return a command that plants faults in a module, as it was before step 1."""

    def mutate(session: nox.Session) -> None:
        _install(session, "test")
        session.run("carve", "mutate", module, "--plan", PLAN, *session.posargs)

    return mutate


for role, sides in SUBJECTS.items():
    command = _mutate(sides["before"].partition(":")[0])
    command.__doc__ = f"Do the pins notice faults in the {role} archetype?"
    nox.session(python=OLDEST, name=f"mutate-{role}", default=False)(command)


def _measure(question: str, script: str, *groups: str) -> Callable[[nox.Session], None]:
    """Return a command that runs a benchmark, with these dependency groups."""

    def measure(session: nox.Session) -> None:
        _install(session, "test", *groups)
        session.run("python", f"benchmarks/{script}.py", *session.posargs)

    measure.__doc__ = question
    return measure


for words, question in {
    "bench-migration migration": "How long does the migration take, beside all pins and tests?",
    "bench-mutation mutation bench": "How many mutants a second, beside mutmut and cosmic-ray?",
    "bench-planning planning": "What does it cost that a tree is large? -- --modules 200 --runs 1",
    "interrupt interruptions": "Is everything whole after an end at any moment? -- --every 40",
}.items():
    name, *rest = words.split()
    nox.session(python=OLDEST, name=name, default=False)(_measure(question, *rest))
