'''The pytest plugin for characterization folders: `addopts = -p carve.pins.plugin`.

`pytest characterization` holds every scenario against its pin;
`pytest characterization --pin -k <scenario> --reason <why>` accepts what the named ones show.
A scenario is a test function in `scenarios/<role>/test_<module>.py`; `subjects.yaml` says which
class the role stands for:

    def test_gives_up_after_three_attempts(subject, pinned, clock, files):
        """Odd but relied on: the third failure is raised, not the first."""
        node = subject.cls(folder=files.folder)
        observation = pinned.observe(lambda: node.process("ticket"))
        observation["state"] = node.get_state()
        observation["files"] = files.left()
        pinned.check(observation)
'''

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError
from carve.pins import accept
from carve.pins.alarm import Alarm
from carve.pins.clock import Clock
from carve.pins.family import die_with
from carve.pins.guarding import Guarding
from carve.pins.imports import ImportRequest, Lookout
from carve.pins.names import role_of, scenario_id
from carve.pins.pinned import PINNED, Pinned
from carve.pins.recorder import CoverageRequest, Recorder
from carve.pins.results import Results
from carve.pins.scratch import Files
from carve.pins.session import SESSION, Scenarios
from carve.pins.standing import SIDES
from carve.pins.steering import Steering, is_named
from carve.pins.subjects import NOW, Subject


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of characterization runs."""
    group = parser.getgroup("pins", "characterization")
    group.addoption("--subject", choices=(*SIDES, NOW), default="after")
    group.addoption("--pin", action="store_true", help="accept what the named scenarios show")
    group.addoption("--reason", metavar="WHY", help="why it is accepted; kept in the pin")
    group.addoption(
        "--moved-on", action="store_true", help="with --pin: the old value stays as `before`"
    )
    group.addoption(
        "--prune", action="store_true", help="with --pin: remove pins that no scenario writes"
    )
    group.addoption("--pin-tree", metavar="DIR", help="the tree that is judged, if not this one")
    group.addoption("--pin-results", metavar="FILE", help="write one JSON line per event")
    group.addoption("--pin-shuffle", metavar="SEED", type=int, help="run in a random order")
    group.addoption(
        "--pin-scrub", metavar="FILE", help="measure what the rules hide; as JSON per scenario"
    )
    group.addoption(
        "--pin-timeout", metavar="SECONDS", type=float, default=60.0, help="for each scenario"
    )
    group.addoption("--pin-parent", metavar="PID", type=int, help="end when that process does")
    group.addoption("--pin-skip", metavar="FILE", help="leave out what is listed there")
    group.addoption("--pin-coverage", metavar="FILE=SOURCE...", help="measure these files")
    group.addoption("--pin-imports", metavar="FILE=MODULE...", help="note who imports these")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Look out for imports before anything of the scenarios is imported."""
    _look_out(early_config, early_config.known_args_namespace.pin_imports)


def pytest_configure(config: pytest.Config) -> None:
    """Set up this process's part of the run."""
    folder = config.inipath.parent if config.inipath else config.rootpath
    worker = getattr(config, "workerinput", {}).get("workerid")
    option = config.option
    file = option.pin_results
    results = Results(Path(file) if file and worker is None else None)
    try:
        acceptance = _acceptance(config)
        coverage = CoverageRequest.parse(option.pin_coverage) if option.pin_coverage else None
    except CarveError as error:
        results.event("abort", message=error.message)
        raise pytest.UsageError(error.message) from error
    with_workers = worker is None and bool(getattr(option, "numprocesses", None))
    recorder = Recorder(coverage, worker) if coverage and not with_workers else None
    scenarios = Scenarios(folder, option.subject, acceptance, option.pin_shuffle, recorder)
    scenarios.results = results if worker is None else None
    _prepare(option, scenarios, results)
    _look_out(config, option.pin_imports)
    config.stash[SESSION] = scenarios
    config.pluginmanager.register(scenarios, "carve-scenarios")
    guarding = Guarding(Alarm(option.pin_timeout), scenarios.results)
    config.pluginmanager.register(guarding, "carve-guarding")
    if worker is None:
        steering = Steering(folder, results, acceptance, coverage if with_workers else None)
        config.pluginmanager.register(steering, "carve-steering")


def _prepare(option: Any, scenarios: Scenarios, results: Results) -> None:
    """Do what the options say; what an earlier attempt has done is left out, and no orphan."""
    if option.pin_parent is not None and scenarios.results is not None:
        die_with(option.pin_parent)
    if option.pin_timeout <= 0:
        raise pytest.UsageError(f"--pin-timeout {option.pin_timeout:g} leaves no time")
    if option.pin_results and option.tbstyle == "auto":
        option.tbstyle = "short"  # who reads the results knows the scenario, and wants the error
    if option.pin_scrub and scenarios.results is not None:
        results.scrub = Path(option.pin_scrub)
    listed = Path(option.pin_skip).read_text(encoding="utf-8") if option.pin_skip else ""
    results.skipped = frozenset(listed.splitlines())
    results.uncollected = any(each.endswith(".py") for each in results.skipped)
    scenarios.skip = results.skipped


def _look_out(config: pytest.Config, asked: str | None) -> None:
    if asked and not config.pluginmanager.has_plugin("carve-lookout"):
        config.pluginmanager.register(Lookout(ImportRequest.parse(asked)), "carve-lookout")


def _acceptance(config: pytest.Config) -> accept.Acceptance | None:
    option = config.option
    if hasattr(config, "workerinput") and option.pin:  # the steering process has checked it
        return accept.Acceptance(option.reason or "", option.moved_on, option.prune)
    if option.pin:
        return accept.request(
            named=is_named(config),
            reason=option.reason,
            moved_on=option.moved_on,
            prune=option.prune,
        )
    if option.reason or option.prune or option.moved_on:
        raise CarveError("--reason, --prune and --moved-on belong to --pin")
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the coverage of this process."""
    scenarios = session.config.stash.get(SESSION, None)
    if scenarios is not None and scenarios.recorder is not None:
        scenarios.recorder.stop()


@pytest.fixture
def subject(request: pytest.FixtureRequest) -> Subject:
    """Return the class under test: `.cls`, its `.module` and `.name`."""
    return request.config.stash[SESSION].subjects.load(role_of(_name(request)))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Return the controlled clock; every scenario that checks runs on one."""
    controlled = Clock()
    controlled.start()
    yield controlled
    controlled.stop()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Return an empty scratch folder."""
    return Files(tmp_path / "scratch")


@pytest.fixture
def pinned(
    request: pytest.FixtureRequest,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Pinned:
    """Return what observes the scenario's work and checks it against the pin."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    asked = request.config.option.pin_tree
    tree = Path(asked) if asked else request.config.stash[SESSION].folder.parent
    marks = {
        tmp_path: "<tmp>",
        tmp_path / "scratch": "<scratch>",
        temporary: "<temporary>",
        tree: "<tree>",
    }
    roots = {str(path): mark for path, mark in marks.items()}
    roots |= {str(path.resolve()): mark for path, mark in marks.items()}
    request.node.stash[PINNED] = made = Pinned(_name(request), clock, roots)
    made.scrubbing = bool(request.config.option.pin_scrub)
    return made


def _name(request: pytest.FixtureRequest) -> str:
    return scenario_id(request.node.nodeid) or str(request.node.nodeid)
