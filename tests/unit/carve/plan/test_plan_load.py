"""Plans that load, and what every mistake in one is answered with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from carve.errors import CarveError, Place
from carve.plan.load import build_plan, load_plan
from carve.plan.model import STEP_KINDS, Plan, Verify
from carve.plan.refs import ClassRef
from carve.plan.specs import ExtractMixinSpec

KINDS = f"known kinds: {', '.join(STEP_KINDS)}"
FULL = """\
format: 1
roots: [src, lib]
baseline: migration/baseline
registry: src/pkg/mixins.yaml
exclude: [src/pkg/templates/**]
verify: {pins: characterization, tests: [python, -m, pytest, -q, tests/unit]}
steps:
  - id: 01-loader
    do: extract_mixin
    from: pkg.mod:God
    to: pkg.mixins.loader:MixinLoader
    members: [load, _find]
    helpers: [_fn]
    drops: [inspect]
    subcontract: pkg.models.loader:ModelLoader
    summary: Loads things.
    why: it is written four times
"""
STEP = """\
format: 1
steps:
  - id: 01-x
    do: extract_mixin
    from: pkg.mod:God
    to: pkg.mixin:Mixin
    members: [a, b]
    why: because
"""
_FORM = "write it as package.module:Class"


def plan_in(folder: Path, text: str | bytes) -> Plan:
    path = folder / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_plan(path)


def error_in(folder: Path, text: str | bytes) -> CarveError:
    with pytest.raises(CarveError, match=r"\w") as caught:
        plan_in(folder, text)
    assert caught.value.exit_code == 2
    assert caught.value.where is not None
    assert caught.value.where.path == (folder / "plan.yaml").as_posix()
    return caught.value


def facts(folder: Path, text: str | bytes) -> tuple[str, int | None, int | None, str | None]:
    error = error_in(folder, text)
    assert error.where is not None
    return error.message, error.where.line, error.where.column, error.instead


def test_every_key_arrives(tmp_path: Path) -> None:
    assert plan_in(tmp_path, FULL) == Plan(
        format=1,
        roots=("src", "lib"),
        baseline="migration/baseline",
        registry="src/pkg/mixins.yaml",
        exclude=("src/pkg/templates/**",),
        verify=Verify(
            pins="characterization", tests=("python", "-m", "pytest", "-q", "tests/unit")
        ),
        steps=(
            ExtractMixinSpec(
                id="01-loader",
                source=ClassRef("pkg.mod", "God"),
                target=ClassRef("pkg.mixins.loader", "MixinLoader"),
                members=("load", "_find"),
                helpers=("_fn",),
                drops=("inspect",),
                subcontract=ClassRef("pkg.models.loader", "ModelLoader"),
                summary="Loads things.",
                why="it is written four times",
            ),
        ),
    )


def test_what_is_left_out_has_defaults(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, STEP)
    assert plan.roots == ("src",)
    assert (plan.baseline, plan.registry, plan.exclude) == (None, None, ())
    assert plan.verify == Verify()
    assert (plan.steps[0].helpers, plan.steps[0].drops) == ((), ())


def test_plan_is_frozen_and_hashable(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, STEP)
    with pytest.raises(ValueError, match="frozen"):
        plan.roots = ("lib",)  # type: ignore[misc]
    assert hash(plan) == hash(plan_in(tmp_path, STEP))


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_newlines_do_not_matter(tmp_path: Path, newline: str) -> None:
    plan = plan_in(tmp_path, STEP.replace("\n", newline))
    assert plan == plan_in(tmp_path, STEP)
    assert plan.place_of("01-x", "members", 1).line == 7


def test_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, b"\xef\xbb\xbf" + STEP.encode())
    assert plan.places.of("format") == Place(plan.places.path, 1, 9)


def test_unicode_names_and_columns(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, STEP.replace("[a, b]", "[größe, 名前]").replace("because", "weil 🙂"))
    assert plan.steps[0].members == ("größe", "名前")
    assert plan.steps[0].why == "weil 🙂"
    assert plan.place_of("01-x", "members", 1).column == 22


@pytest.mark.parametrize("word", ["no", "on", "yes", "12:30", "2024-01-02", "1_000", "=", "0b1"])
def test_words_that_old_yaml_would_convert_stay_text(tmp_path: Path, word: str) -> None:
    assert plan_in(tmp_path, STEP.replace("because", word)).steps[0].why == word


def test_places_of_values(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, STEP)
    path = plan.places.path
    assert plan.steps[0].place == Place(path, 3, 5)
    assert plan.place_of("01-x", "from") == Place(path, 5, 11)
    assert plan.place_of("01-x", "source") == Place(path, 5, 11)
    assert plan.place_of("01-x", "members") == Place(path, 7, 14)
    assert plan.place_of("01-x", "members", 1) == Place(path, 7, 18)
    assert plan.place_of("01-x", "members", 7) == Place(path, 7, 14)
    assert plan.place_of("01-x", "summary") == Place(path, 3, 5)
    with pytest.raises(ValueError, match="not in list"):
        plan.place_of("02", "members")


def test_positions_do_not_count_for_equality(tmp_path: Path) -> None:
    moved = plan_in(tmp_path, "# a comment\n\n" + STEP)
    assert moved == plan_in(tmp_path, STEP)
    assert moved.steps[0].place.line == 5


def test_digest_is_of_what_a_step_does(tmp_path: Path) -> None:
    digest = plan_in(tmp_path, STEP).steps[0].digest()
    assert len(digest) == 16
    reworded = STEP.replace("because", "another reason")
    assert plan_in(tmp_path, reworded).steps[0].digest() != digest
    empty = STEP.replace("why:", "helpers: []\n    why:")
    assert plan_in(tmp_path, empty).steps[0].digest() == digest
    assert plan_in(tmp_path, STEP.replace("b]", "c]")).steps[0].digest() != digest


def test_digest_is_the_same_from_version_to_version(tmp_path: Path) -> None:
    assert plan_in(tmp_path, STEP).steps[0].digest() == "559c56d85351ffeb"


def test_plan_can_be_built_without_a_file() -> None:
    step = {"id": "a", "do": "extract_mixin", "from": "p.a:A", "to": "p.b:B", "members": ["m"]}
    plan = build_plan({"format": 1, "steps": [{**step, "why": "x"}]})
    assert plan.steps[0].place == Place("plan")
    with pytest.raises(CarveError, match="missing key 'why' in step 'a'"):
        build_plan({"format": 1, "steps": [step]})


@pytest.mark.parametrize(
    ("old", "new", "told", "instead"),
    [
        (
            "members:",
            "memebrs:",
            "7:5 unknown key 'memebrs' in step '01-x'",
            "did you mean 'members'?",
        ),
        (
            "    why",
            "    zzz: 1\n    why",
            "8:5 unknown key 'zzz' in step '01-x'",
            f"one of {', '.join(ExtractMixinSpec.keys())}",
        ),
        (
            "    why",
            "    source: a.b:C\n    why",
            "8:5 unknown key 'source' in step '01-x'",
            f"one of {', '.join(ExtractMixinSpec.keys())}",
        ),
        (
            "steps:",
            "stepz: 1\nsteps:",
            "2:1 unknown key 'stepz'",
            "did you mean 'steps'?",
        ),
        (
            "steps:",
            "verify: {pin: a}\nsteps:",
            "2:10 unknown key 'pin' in verify",
            "did you mean 'pins'?",
        ),
        (
            "    why: because\n",
            "",
            "3:5 missing key 'why' in step '01-x'",
            "add why: ...",
        ),
        (
            "id: 01-x\n    ",
            "",
            "3:5 missing key 'id' in step 1",
            "add id: ...",
        ),
        (
            "    do: extract_mixin\n",
            "",
            "3:5 step '01-x': the key 'do' is missing",
            f"add do: with a kind of step; {KINDS}",
        ),
        (
            "format: 1\n",
            "",
            "1:1 missing key 'format'",
            "add format: 1",
        ),
        (
            "format: 1",
            "format: 2",
            "1:9 the plan has format 2, and this carve reads format 1",
            "upgrade carve",
        ),
        (
            "format: 1",
            "format: 0",
            "1:9 there is no format 0",
            "write format: 1",
        ),
        (
            "format: 1",
            "format: '1'",
            "1:9 format must be the number 1, not text",
            "write format: 1",
        ),
        (
            "format: 1",
            "format: true",
            "1:9 format must be the number 1, not true or false",
            "write format: 1",
        ),
        (
            "format: 1",
            "format: 1.0",
            "1:9 format must be the number 1, not a number with a point",
            "write format: 1",
        ),
        (
            "[a, b]",
            "a",
            "7:14 step '01-x': members must be a list of names, not text",
            "write a list of names",
        ),
        (
            "[a, b]",
            "",
            "7:13 step '01-x': members must be a list of names, not nothing",
            "write a list of names",
        ),
        (
            "[a, b]",
            "{a: b}",
            "7:14 step '01-x': members must be a list of names, not a mapping",
            "write a list of names",
        ),
        (
            "[a, b]",
            "[a, 1]",
            "7:18 step '01-x': item 2 of members must be text, not a number",
            "put it in quotes",
        ),
        (
            "[a, b]",
            "[a, [b]]",
            "7:18 step '01-x': item 2 of members must be text, not a list",
            "write text",
        ),
        (
            "[a, b]",
            "[]",
            "7:14 step '01-x': members must not be empty",
            "list at least one of the names",
        ),
        (
            "[a, b]",
            "[a, 'b.c']",
            "7:18 step '01-x': item 2 of members: 'b.c' is not a Python name",
            "name it without class or module",
        ),
        (
            "[a, b]",
            "[class]",
            "7:15 step '01-x': item 1 of members: 'class' is not a Python name",
            "name it without class or module",
        ),
        (
            "[a, b]",
            "[a, a]",
            "7:18 step '01-x': members has 'a' twice",
            "name it once",
        ),
        (
            "because",
            "' '",
            "8:10 step '01-x': why must not be empty",
            "write some text",
        ),
        (
            "because",
            "true",
            "8:10 step '01-x': why must be text, not true or false",
            "put it in quotes",
        ),
        (
            "because",
            "1.5",
            "8:10 step '01-x': why must be text, not a number with a point",
            "put it in quotes",
        ),
        (
            "because",
            'b\n    summary: "a\\nb"',
            "9:14 step '01-x': summary: it has to fit on one line",
            "one sentence; the rest belongs into why",
        ),
        (
            "01-x",
            "X 1",
            "3:9 step 'X 1': id: 'X 1' is not an id",
            "small letters, digits, '.', '_' and '-', beginning with a letter or digit",
        ),
        (
            "01-x",
            "x" * 101,
            f"3:9 step '{'x' * 101}': id: the id that begins with '{'x' * 20}' is too long",
            "100 characters at the most",
        ),
        (
            "01-x",
            "01",
            "3:9 step 1: id must be text, not a number",
            "put it in quotes",
        ),
        (
            "do: extract_mixin",
            "do: extract",
            "4:9 step '01-x': unknown step kind 'extract'",
            f"did you mean 'extract_mixin'? {KINDS}",
        ),
        (
            "do: extract_mixin",
            "do: []",
            "4:9 step '01-x': unknown step kind []",
            KINDS,
        ),
        (
            "pkg.mod:God",
            "pkg.mod.God",
            "5:11 step '01-x': from: 'pkg.mod.God' has no ':' between module and class",
            _FORM,
        ),
        (
            "pkg.mod:God",
            "pkg/mod.py:God",
            "5:11 step '01-x': from: 'pkg/mod.py:God' names a file, not a module",
            _FORM,
        ),
        (
            "pkg.mixin:Mixin",
            ".mixin:Mixin",
            (
                "6:9 step '01-x': to: '.mixin:Mixin' is relative, but a plan has no "
                "package to start from"
            ),
            _FORM,
        ),
        (
            "pkg.mixin:Mixin",
            "pkg..a:Mixin",
            "6:9 step '01-x': to: 'pkg..a:Mixin' has '' where a name has to stand",
            _FORM,
        ),
        (
            "pkg.mixin:Mixin",
            "pkg.a:Mixin.X",
            "6:9 step '01-x': to: 'pkg.a:Mixin.X' has 'Mixin.X' where a name has to stand",
            _FORM,
        ),
        (
            "pkg.mixin:Mixin",
            "7",
            "6:9 step '01-x': to: it has to name a class",
            _FORM,
        ),
        (
            "steps:",
            "roots: []\nsteps:",
            "2:8 roots must not be empty",
            "list at least one of the folders",
        ),
        (
            "steps:",
            "verify: x\nsteps:",
            "2:9 verify must be a mapping, not text",
            "write a mapping",
        ),
        (
            "steps:",
            "verify: {tests: pytest -q}\nsteps:",
            "2:17 tests must be a list of arguments, not text",
            "write a list of arguments",
        ),
        (
            "steps:",
            "verify: {tests: [pytest, -n, 4]}\nsteps:",
            "2:30 item 3 of tests must be text, not a number",
            "put it in quotes",
        ),
    ],
)
def test_wrong_content_is_explained(
    tmp_path: Path, old: str, new: str, told: str, instead: str
) -> None:
    assert old in STEP
    message, line, column, way_out = facts(tmp_path, STEP.replace(old, new, 1))
    assert (f"{line}:{column} {message}", way_out) == (told, instead)


def test_first_problem_in_the_file_counts_the_others(tmp_path: Path) -> None:
    text = STEP.replace("[a, b]", "[1, 2]").replace("because", "''")
    message, line, column, _ = facts(tmp_path, text)
    assert message == "step '01-x': item 1 of members must be text, not a number (and 2 more)"
    assert (line, column) == (7, 15)


def test_steps_must_be_a_filled_list_of_mappings(tmp_path: Path) -> None:
    start = "format: 1\nsteps: "
    assert facts(tmp_path, start + "[]")[0] == "steps must not be empty"
    assert facts(tmp_path, start + "x")[0] == "steps must be a list of steps, not text"
    assert facts(tmp_path, start + "[x]") == (
        "step 1: it has to be a mapping",
        2,
        9,
        "begin it with id: and do:",
    )


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "the plan is empty", 1, 1),
        ("# nothing\n", "the plan is empty", 1, 1),
        ("---\n", "the plan is empty", 1, 1),
        ("- a\n", "the plan is not a mapping", 1, 1),
        ("\n5\n", "the plan is not a mapping", 2, 1),
        ("format: 1\nroots: [a]\nroots: [b]\n", "the key 'roots' stands here twice", 3, 1),
        ("a: &x 1\n", "a plan has no anchors, and here is &x", 1, 4),
        ("a: 1\nb: *x\n", "a plan has no aliases, and here is *x", 2, 4),
        ("exclude: [*.py]\n", "a plan has no anchors or aliases", 1, 12),
        ("a: !!str x\n", "a plan has no tags, and here is tag:yaml.org,2002:str", 1, 4),
        ("a: !x!y x\n", "a plan has no tags", 1, 4),
        ("1: a\n", "a key has to be text", 1, 1),
        ("null: a\n", "a key has to be text", 1, 1),
        ("? [a]\n: 1\n", "a key has to be text", 1, 3),
        ("a: 1\n---\nb: 2\n", "a plan is one YAML document, and here a second one begins", 2, 1),
        ("a: 1\n...\nb: 2\n", "something follows the end of the plan", 3, 1),
        ("a:\n\t- b\n", "a tab stands where YAML wants spaces", 2, 1),
        ("a: b: c\n", "a ':' stands where no key can be", 1, 5),
        ("a: [1, 2\nb: 3\n", "a list or mapping in brackets is not closed", 2, 2),
        ("a: 'x\n", "a quoted text is not closed", 2, 1),
        ("a: @x\n", "no value can begin with '@'", 1, 4),
        ("a:\n  - b\n - c\n", "this does not continue what stands before it", 3, 2),
        ("a: 1\nb\n", "a key has no ':' after it", 3, 1),
        ("a: - b\n", "a list item stands where none can be", 1, 4),
        ("a: {b: [\n", "a value is missing", 2, 1),
        ("a: >x\n  b\n", "a block text begins here too early", 1, 5),
        ("%YAML 3.0\n---\na: 1\n", "the file is not YAML that can be read", 1, 1),
        ("a: " + "[" * 5000, "this is nested too deeply for a plan", 1, 20),
        ("a: b\r\nc: \x07\r\n", "the character U+0007 is not allowed in a plan", 2, 4),
        ("a: b\u2028c\n", "the character U+2028 is not allowed in a plan", 1, 5),
        ('a: "\\0"\n', "the character U+0000 has no use in a plan", 1, 4),
        (b"a: 1\nb: \xc3\xa4\xff\n", "the byte 0xff is not UTF-8", 2, 5),
        ("a: 1\n".encode("utf-16"), "the byte 0xff is not UTF-8", 1, 1),
        (b"#" * (1 << 20) + b"\n", "the plan is larger than 1 MiB", None, None),
    ],
)  # fmt: skip
def test_what_is_not_a_plan_at_all(
    tmp_path: Path, text: str | bytes, message: str, line: int | None, column: int | None
) -> None:
    assert facts(tmp_path, text)[:3] == (message, line, column)


def test_repeated_key_names_the_line_of_the_first(tmp_path: Path) -> None:
    instead = facts(tmp_path, "a: 1\nb: 2\na: 3\n")[3]
    assert instead == "the first is in line 1; keep one"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(CarveError, match="there is no such plan") as missing:
        load_plan(tmp_path / "plan.yaml")
    assert missing.value.where == Place((tmp_path / "plan.yaml").as_posix())
    with pytest.raises(CarveError, match="the plan is a folder"):
        load_plan(tmp_path)
    with pytest.raises(CarveError, match="cannot be read: File name too long"):
        load_plan(tmp_path / ("x" * 300))


def test_largest_plan_is_read(tmp_path: Path) -> None:
    padding = "#" * ((1 << 20) - len(STEP))
    assert plan_in(tmp_path, STEP + padding) == plan_in(tmp_path, STEP)


def test_loading_imports_neither_rope_nor_the_runtime() -> None:
    code = "import sys, carve.plan.load; print(*sys.modules)"
    path = os.pathsep.join(sys.path)
    out = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    loaded = {name.partition(".")[0] for name in out.stdout.split()}
    assert not loaded & {"rope", "omnibase_core", "typer", "rich", "pytest", "libcst"}
