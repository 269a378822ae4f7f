"""The command `mixins scaffold`: what it makes passes every gate, what it refuses stays undone."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import omnibase_core
from omnibase_core.cli.app import main
from omnibase_core.cli.mixins.scaffolding import writing
from omnibase_core.cli.mixins.scaffolding.file_plan import FilePlan
from omnibase_core.cli.request_error import RequestError

PACKAGE = Path(omnibase_core.__file__).parent
PYPROJECT = PACKAGE.parents[1] / "pyproject.toml"
CONTRACTS = "src/omnibase_core/models/contracts/subcontracts"
MIXINS = "src/omnibase_core/mixins"
NEW = [
    f"{CONTRACTS}/model_rate_limit_subcontract.py",
    f"{CONTRACTS}/model_rate_limit_subcontract.yaml",
    "src/omnibase_core/schemas/rate_limit_subcontract.schema.json",
    f"{MIXINS}/mixin_rate_limit.py",
    "tests/unit/omnibase_core/mixins/test_mixin_rate_limit.py",
    "tests/unit/omnibase_core/subcontracts/test_rate_limit_subcontract.py",
]
CHANGED = [
    f"{CONTRACTS}/__init__.py",
    f"{MIXINS}/known_mixins.yaml",
    f"{MIXINS}/mixin_metadata.yaml",
]
# Every type, bounds on either side, and words that YAML, Python or the formatter trip over.
AWKWARD = [
    "max_age:int=60:1..3600",
    "low:int=-5:-10..",
    "null:int=0:..0",
    "ratio:float=0.5:0..1",
    "tiny:float=1e-7:1e-9..1e300",
    "huge:float=1e16",
    "on:bool=false",
    "base_url:str=https://example.org/a=b",
    "some_very_long_name_of_a_field_it_is:str=a text, that takes up nearly the whole: of a line",
    "quoted:str=it's #1 {not} 50%",
    "looks_like_a_date:str=2024-01-01",
    "api_token:str=secret",
    "empty:str=",
    "words:list[str]=a, b: c,yes,~",
    "nothing:list[str]=",
]


def copy_of(root: Path, *, whole: bool) -> Path:
    """A working tree; only a whole one can be run."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in [""] if whole else ["mixins", "models/contracts/subcontracts"]:
        shutil.copytree(PACKAGE / name, root / "src/omnibase_core" / name, ignore=ignored)
    (root / "tests/unit/omnibase_core/mixins").mkdir(parents=True)
    if whole:
        shutil.copy(PYPROJECT, root)
    return root


def run(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "80"}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-W", "error", "-m", *words]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, cwd=root
    )


def fields() -> list[str]:
    return [word for field in AWKWARD for word in ("--field", field)]


def state(root: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
        if "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole tree to which two mixins were added by its own command line."""
    root = copy_of(tmp_path_factory.mktemp("tree").resolve(), whole=True)
    first = run(root, "omnibase_core", "mixins", "scaffold", "rate_limit")
    assert (first.stderr, first.returncode) == ("", 0)
    about = ["--description", "Keep {answers}: of 'others', & more. #1 größer", "--category"]
    words = ["MixinHTTPCache", *about, "data_management", *fields()]
    second = run(root, "omnibase_core", "mixins", "scaffold", *words)
    assert (second.stderr, second.returncode) == ("", 0)
    return root


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of(tmp_path.resolve(), whole=False)


def scaffold(tree: Path, *words: str) -> int:
    return main(["mixins", "scaffold", "--root", str(tree), *words])


def new_files(root: Path) -> list[str]:
    stems = ("rate_limit", "http_cache")
    paths = [path for path in root.rglob("*.py") if any(stem in path.name for stem in stems)]
    return [str(path.relative_to(root)) for path in sorted(paths)]


def test_what_is_made_passes_every_gate_at_once(made: Path) -> None:
    done = run(made, "omnibase_core", "gates")
    assert done.stderr == ""
    assert "gates passed" in done.stdout
    assert done.returncode == 0


def test_what_is_made_passes_its_own_tests(made: Path) -> None:
    tests = [path for path in new_files(made) if path.startswith("tests")]
    assert len(tests) == 4
    done = run(made, "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no tests ran" not in done.stdout


# Both judge for the oldest Python, whichever runs them.
@pytest.mark.once
@pytest.mark.parametrize("words", [["check"], ["format", "--check"]])
@pytest.mark.skipif(not importlib.util.find_spec("ruff"), reason="ruff is not installed")
def test_what_is_made_is_tidy(made: Path, words: list[str]) -> None:
    paths = [*new_files(made), f"{CONTRACTS}/__init__.py"]
    done = run(made, "ruff", *words, "--no-cache", *paths)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.once
@pytest.mark.skipif(not importlib.util.find_spec("mypy"), reason="mypy is not installed")
def test_what_is_made_is_typed(made: Path) -> None:
    done = run(made, "mypy", "--cache-dir", os.devnull, *new_files(made))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_about_mixins_know_what_was_made(made: Path) -> None:
    shown = run(made, "omnibase_core", "mixins", "show", "http_cache", "--json")
    entry = json.loads(shown.stdout)["mixin"]
    assert (entry["name"], entry["state"]) == ("MixinHTTPCache", "implemented")
    assert entry["description"] == "Keep {answers}: of 'others', & more. #1 größer"
    assert list(entry["presets"]) == ["default", "enabled"]
    assert (
        run(made, "omnibase_core", "mixins", "check", "--mixins", "MixinHTTPCache").returncode == 0
    )


def test_a_composed_node_gets_the_settings(made: Path) -> None:
    code = (
        "from omnibase_core.nodes.compose import compose_node\n"
        "mixin = {'name': 'MixinRateLimit', 'settings': {'rate_limit_enabled': False}}\n"
        "made = compose_node({'node': {'name': 'Made'}, 'mixins': [mixin]})\n"
        "print(made.rate_limit_settings)\n"
    )
    path = made / "composed.py"
    path.write_text(code, encoding="utf-8")
    done = run(made, "composed")
    assert (done.stdout, done.stderr) == ("rate_limit_enabled=False\n", "")


def test_the_files_are_told(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold(tree, "rate_limit") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[: len(NEW)] == [f"new     {path}" for path in NEW]
    assert lines[len(NEW) :][:4] == [*(f"changed {path}" for path in CHANGED), ""]
    assert lines[-2] == "MixinRateLimit has the settings rate_limit_enabled."


def test_everything_in_json(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold(tree, "rate_limit", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "format": 1,
        "command": "mixins scaffold",
        "exit_code": 0,
        "mixin": "MixinRateLimit",
        "root": str(tree),
        "dry_run": False,
        "new": NEW,
        "changed": CHANGED,
        "patch": None,
    }
    assert all((tree / path).is_file() for path in NEW)


@pytest.mark.parametrize(
    "name",
    [
        "rate_limit",
        "mixin_rate_limit",
        "MixinRateLimit",
        "RateLimit",
        "rateLimit",
        "RateLimitMixin",
    ],
)
def test_a_name_may_be_spelt_in_several_ways(
    tree: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scaffold(tree, name, "--dry-run", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["mixin"], answer["new"]) == ("MixinRateLimit", NEW)


def test_capitals_stay_as_they_are_given(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold(tree, "OAuthHTTPClient", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["mixin"] == "MixinOAuthHTTPClient"
    assert f"{MIXINS}/mixin_o_auth_http_client.py" in answer["new"]


def test_a_dry_run_writes_nothing_and_its_patch_does_the_same(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(tree)
    assert scaffold(tree, "rate_limit", "--dry-run") == 0
    assert state(tree) == before
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=tree)
    patched = {path: (tree / path).read_bytes() for path in [*NEW, *CHANGED]}
    for path in patched:
        if path in NEW:
            (tree / path).unlink()
        else:
            (tree / path).write_bytes(before[path] or b"")
    assert scaffold(tree, "rate_limit") == 0
    assert {path: (tree / path).read_bytes() for path in patched} == patched


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_else_in_a_changed_file_stays_byte_for_byte(tree: Path, end: str) -> None:
    originals = {}
    for path in CHANGED:
        originals[path] = (tree / path).read_text("utf-8").replace("\n", end).encode()
        (tree / path).write_bytes(originals[path])
    assert scaffold(tree, "rate_limit") == 0
    for path, original in originals.items():
        lines = (tree / path).read_bytes().splitlines(keepends=True)
        rest = iter(lines)
        assert all(line in rest for line in original.splitlines(keepends=True))
        assert all(line.endswith(end.encode()) for line in lines)


def test_an_entry_comes_last_before_infrastructure_and_what_is_said_about_that(
    tree: Path,
) -> None:
    path = tree / MIXINS / "mixin_metadata.yaml"
    text = path.read_text("utf-8").replace("\ninfrastructure:", "\n# Exempt.\ninfrastructure:")
    path.write_text(text, encoding="utf-8", newline="\n")
    assert scaffold(tree, "rate_limit") == 0
    assert list(yaml.safe_load(path.read_text("utf-8")))[-2:] == [
        "mixin_rate_limit",
        "infrastructure",
    ]
    assert "\n\n# Exempt.\ninfrastructure:\n" in path.read_text("utf-8")
    assert "\n\nmixin_rate_limit:\n" in path.read_text("utf-8")


def test_exports_stay_sorted(tree: Path) -> None:
    for name in ("zoom", "abacus", "event_bus_mirror"):
        assert scaffold(tree, name) == 0
    text = (tree / CONTRACTS / "__init__.py").read_text("utf-8")
    listed = text.partition("__all__ = [")[2].split()[:-1]
    assert listed == sorted(listed)
    imports = [line for line in text.splitlines() if line.startswith("from ")]
    modules = [line.split()[1] for line in imports]
    assert modules == sorted(modules)
    assert sum("abacus" in each or "zoom" in each for each in modules) == 2


@pytest.mark.parametrize("names", [["slot2", "slot10"], ["slot10", "slot2"]])
def test_numbers_in_names_are_sorted_as_numbers(tree: Path, names: list[str]) -> None:
    for name in names:
        assert scaffold(tree, name) == 0
    text = (tree / CONTRACTS / "__init__.py").read_text("utf-8")
    for one, other in (("slot2_", "slot10_"), ('"ModelSlot2S', '"ModelSlot10S')):
        assert text.index(one) < text.index(other)


@pytest.mark.parametrize(
    ("name", "message", "instead"),
    [
        ("rate-limit", "'rate-limit' is no name for a mixin", "try rate_limit"),
        ("Rate_Limit", "'Rate_Limit' is no name for a mixin", "try rate_limit"),
        ("größe", "'größe' is no name for a mixin", "try gr_e"),
        ("../evil", "'../evil' is no name for a mixin", "try evil"),
        ("mixin_", "'mixin_' is no name for a mixin", "try a name like rate_limit"),
        ("", "'' is no name for a mixin", "try a name like rate_limit"),
        ("2fast", "'2fast' is no name for a mixin", "try fast"),
        ("Mixin", "'Mixin' does not say what the mixin is for", "try rate_limit"),
        ("mixin", "'mixin' does not say what the mixin is for", "try rate_limit"),
        ("class", "'class' is a keyword of Python", "try class_support"),
        ("MixinNone", "'none' is a keyword of Python", "try none_support"),
        ("a" * 30, "has 30 letters, and lines that import it have room for", "a shorter name"),
        ("health_check", "MixinHealthCheck is there already: a mixin of the registry", "another"),
        ("retry", "MixinRetry is there already: a mixin of the registry", "another name"),
        ("node_setup", "MixinNodeSetup is there already: an infrastructure mixin", "another name"),
        ("utils", "mixin_utils is there already: an infrastructure mixin", "another name"),
        ("healthcheck", "differs from MixinHealthCheck, a mixin of the registry, in spell", "ano"),
        ("MixinCliHandler", "differs from MixinCLIHandler, an infrastructure mixin", "another"),
        ("Serializable", "MixinSerializable differs from SerializableMixin", "another name"),
        (
            "fsm",
            "fsm is there already: the capability of src/omnibase_core/models",
            "another name",
        ),
        ("common_rules", "common_rules is there already: the capability of src/", "another name"),
    ],
)
def test_these_names_are_refused(
    tree: Path, name: str, message: str, instead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(tree)
    assert scaffold(tree, name) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert message in said
    assert instead in said
    assert state(tree) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--category", "flow_contrl"], "there is no category 'flow_contrl' try flow_control"),
        (["--category", "zzz"], "try one of communication, data_management"),
        (["--description", " . "], "--description says nothing"),
        (["--description", "a" * 81], "--description has 81 characters, where 80 is the most"),
        (["--description", 'say "hi"'], "has a double quote or a backslash"),
        (["--description", "two\nlines"], "has characters other than printable Latin ones"),
        (["--description", "from a \u2013 b"], "has characters other than printable Latin ones"),
        (["--description", "T" + "ODO later"], "has a word that marks unfinished work"),
        (["--description", "Read /et" + "c/x"], "names a place on one machine"),
        (["--registry", "x"], "a new mixin takes more than a registry"),
        (["--field", "size"], "is not name:type=default[:ge..le]"),
        (["--field", "size:int"], "is not name:type=default[:ge..le]"),
        (["--field", "Size:int=1"], "'Size' is no name for a field"),
        (["--field", "_size:int=1"], "'_size' is no name for a field"),
        (["--field", "class:int=1"], "'class' is no name for a field"),
        (["--field", "max:int=1"], "the field 'max' would hide a name of Python try max_value"),
        (["--field", "copy:int=1"], "'copy' means something to every model"),
        (["--field", "broken_rules:int=1"], "'broken_rules' means something to every model"),
        (["--field", "model_size:int=1"], "'model_size' means something to every model"),
        (["--field", f"{'s' * 37}:int=1"], "has more than 36 letters"),
        (["--field", "a:int=1", "--field", "a:int=2"], "the field 'a' is given twice"),
        (["--field", "size:itn=1"], "unknown type 'itn' try int"),
        (["--field", "size:complex=1"], "try one of bool, int, float, str, list[str]"),
        (["--field", "size:int=many"], "'many' is no int"),
        (["--field", "size:int=1.5"], "'1.5' is no int"),
        (["--field", "size:int=1:2"], "'1:2' is no int"),
        (["--field", f"size:int={'9' * 5000}"], "is no int of sensible length"),
        (["--field", "size:float=nan"], "'nan' is no float"),
        (["--field", "size:int=1:2..3"], "the default of 'size', 1, is not within 2..3"),
        (["--field", "size:int=2:3..1"], "is not within 3..1"),
        (["--field", "loud:bool=1"], "the default of 'loud' is '1' try true or false"),
        (["--field", "text:str=\\"], "has a double quote or a backslash"),
        (["--field", f"text:str={'a' * 61}"], "the default of 'text' is too long for a line"),
        (["--field", "host:str=0.0" + ".0.0"], "names a place on one machine"),
    ],
)
def test_these_wishes_are_refused(
    tree: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(tree)
    assert scaffold(tree, "rate_limit", *words) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert state(tree) == before


@pytest.mark.parametrize("path", [*NEW, "tests/elsewhere/test_mixin_rate_limit.py"])
def test_no_file_is_overwritten(tree: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_text("mine", encoding="utf-8")
    before = state(tree)
    assert scaffold(tree, "rate_limit") == 2
    assert "is there already" in " ".join(capsys.readouterr().err.split())
    assert state(tree) == before


def test_a_link_that_leads_nowhere_is_a_file_as_well(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / NEW[4]).symlink_to(tree / "nowhere")
    assert scaffold(tree, "rate_limit") == 2
    assert f"{NEW[4]} is there already" in " ".join(capsys.readouterr().err.split())


def test_another_tree_must_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold(tmp_path, "rate_limit") == 2
    assert "is no working tree: it has no src/omnibase_core" in " ".join(
        capsys.readouterr().err.split()
    )


def test_an_installed_package_is_left_alone(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "src/omnibase_core", ignore=ignored)
    before = state(tmp_path)
    done = run(tmp_path, "omnibase_core", "mixins", "scaffold", "rate_limit")
    assert done.returncode == 2
    assert "without its sources and tests" in " ".join(done.stderr.split())
    assert "--root DIR" in done.stderr
    assert state(tmp_path) == before


def test_a_failure_half_way_leaves_nothing_behind(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "tests/unit/omnibase_core/subcontracts").write_text("no folder", encoding="utf-8")
    before = state(tree)
    assert scaffold(tree, "rate_limit") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "Not a directory; nothing was changed" in said
    assert state(tree) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_is_read_only_leaves_nothing_behind(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / MIXINS).chmod(0o555)
    before = state(tree)
    try:
        assert scaffold(tree, "rate_limit") == 2
    finally:
        (tree / MIXINS).chmod(0o755)
    assert "nothing was changed" in " ".join(capsys.readouterr().err.split())
    assert state(tree) == before


def test_changed_files_and_new_folders_are_taken_back_too(tmp_path: Path) -> None:
    old, other = tmp_path / "old.txt", tmp_path / "other.txt"
    old.write_bytes(b"old\r\n")
    old.chmod(0o640)
    other.write_bytes(b"by somebody else")
    before = state(tmp_path)
    plans = [
        FilePlan(old, "old.txt", "new", "old\r\n"),
        FilePlan(other, "other.txt", "new", "as it was read"),
        FilePlan(tmp_path / "a/b/new.txt", "a/b/new.txt", "new"),
    ]
    with pytest.raises(RequestError, match=r"other\.txt was changed by somebody else"):
        writing.write_all(plans)
    assert state(tmp_path) == before
    assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("mixin_metadata.yaml", "{}\n", "has no line 'infrastructure:'"),
        ("known_mixins.yaml", "features: {}\ninfrastructure: {}\n", "nothing can be added"),
        ("known_mixins.yaml", None, "known_mixins.yaml"),
        ("known_mixins.yaml", "- a\n", "not a list of mixins by section"),
        ("mixin_metadata.yaml", "a: [\n", "mixin_metadata.yaml"),
        ("../models/contracts/subcontracts/__init__.py", "def", "is no Python"),
        ("../models/contracts/subcontracts/__init__.py", '__all__ = ["a"]', "has no imports"),
        ("../models/contracts/subcontracts/__init__.py", "\udcff", "is no UTF-8"),
    ],
)
def test_files_of_another_shape_are_left_alone(
    tree: Path, path: str, text: str | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is None:
        (tree / MIXINS / path).unlink()
    else:
        (tree / MIXINS / path).write_text(text, encoding="utf-8", errors="surrogateescape")
    before = state(tree)
    assert scaffold(tree, "rate_limit") == 2
    # A long path is broken where the line ends.
    assert message.replace(" ", "") in "".join(capsys.readouterr().err.split())
    assert state(tree) == before


def test_what_the_mixin_does_is_its_docstring(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scaffold(tree, "rate_limit", "--description", "limit the  rate.") == 0
    text = (tree / MIXINS / "mixin_rate_limit.py").read_text("utf-8")
    assert text.startswith('"""Limit the rate."""\n')
    entry: dict[str, Any] = yaml.safe_load((tree / CHANGED[2]).read_text("utf-8"))
    assert entry["mixin_rate_limit"]["description"] == "Limit the rate"
    assert capsys.readouterr().err == ""
