"""What carve says to a wrong command line, and how it ends."""

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("bogus",), "error: no such command 'bogus'\n  see carve --help\n"),
        (("check",), "error: missing argument 'PLAN'\n  see carve check --help\n"),
        (
            ("check", "plan.yaml", "--nope"),
            "error: no such option: --nope\n  see carve check --help\n",
        ),
        (
            ("run", "plan.yaml", "--out", "x", "--in-place"),
            "error: --out and --in-place exclude each other\n  leave one of them out\n",
        ),
        (("check", "no.yaml"), "error: there is no such plan\n  at  no.yaml\n  check the path\n"),
        (
            ("preview", "plan.yaml", "--step", "02-closng"),
            (
                "error: the plan has no step '02-closng'\n  at  plan.yaml:4:3\n"
                "  did you mean '02-closing'?\n"
            ),
        ),
        (
            ("status", "plan.yaml", "--repo", "nowhere"),
            "error: the repository is not a folder\n  at  nowhere\n  check --repo\n",
        ),
        (
            ("pin", "till"),
            "error: behaviour is accepted only with a reason\n  add --reason with the why\n",
        ),
        (
            ("pin", "--reason", "because"),
            (
                "error: no scenario is named, and nothing is accepted unasked\n"
                "  carve pin NAME... --reason WHY\n"
            ),
        ),
        (
            ("verify", "--subject", "later"),
            "error: there is no subject 'later'\n  try one of before, after\n",
        ),
    ],
)
def test_the_impossible_is_told_in_three_lines_and_ends_with_2(
    project: Any, words: tuple[str, ...], message: str
) -> None:
    done = project.carve(*words)
    assert (done.code, done.out, done.err) == (2, "", message)
    with_json = project.carve(*words, "--json")
    assert with_json.code == 2
    assert with_json.err == ""
    assert with_json.document["exit_code"] == 2
    assert with_json.document["format"] == 1
    error = with_json.document["error"]
    assert sorted(error) == ["check", "instead", "message", "where"]
    assert message.startswith(f"error: {error['message']}\n")


def test_a_json_error_names_its_command(project: Any) -> None:
    assert project.carve("check", "--json").document["command"] == "check"
    assert project.carve("--json").document["command"] is None


def test_outside_a_repository_the_way_out_is_told(project: Any, tmp_path: Path) -> None:
    done = project.carve("status", str(project.plan), cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith("error: not a git repository\n  at  ")
    assert "--repo" in done.err


def test_a_plan_is_found_from_elsewhere_by_the_repository(project: Any, tmp_path: Path) -> None:
    done = project.carve("check", "plan.yaml", "--repo", str(project.folder), cwd=tmp_path)
    assert done.code == 0, done.err


def test_help_and_version_are_answers(project: Any, tmp_path: Path) -> None:
    for words in (("--help",), ("run", "--help"), ("-h",), ("--version",)):
        done = project.carve(*words, cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
        assert done.out


@pytest.mark.parametrize("words", [("--help",), ("check",)])
def test_help_and_usage_errors_do_not_wait_for_the_engine(
    project: Any, words: tuple[str, ...]
) -> None:
    script = (
        "import sys\nfrom carve.cli import main\n"
        f"sys.argv[1:] = {list(words)!r}\n"
        "try:\n    main()\nexcept SystemExit:\n"
        "    print({'rope', 'carve.plan.model', 'coverage', '_pytest'} & set(sys.modules))\n"
    )
    [interpreter, *_] = project.command()
    done = subprocess.run(
        [interpreter, "-c", script],
        env=project.variables(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("set()\n")


def test_a_reader_who_leaves_is_not_an_error(project: Any) -> None:
    big = "\n".join(f"    # {number}" for number in range(20_000))
    project.rewrite(project.till, '        """Print."""\n', f'        """Print."""\n{big}\n')
    for words in (("preview", "plan.yaml"), ("check", "plan.yaml", "--json"), ("--help",)):
        with subprocess.Popen(
            project.command(*words),
            cwd=project.folder,
            env=project.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            said = process.stderr.read().decode()
        assert "Broken" not in said
        assert "Exception" not in said
        assert "Traceback" not in said


@pytest.mark.parametrize("as_json", [False, True])
def test_an_interruption_is_one_line_and_130(pinned_project: Any, as_json: bool) -> None:
    started = pinned_project.folder / "started"
    extra = pinned_project.folder / "characterization" / "scenarios" / "till" / "test_slow.py"
    extra.write_text(
        # A scenario may not write outside its folder, but the module that it stands in is free to.
        f"import pathlib\npathlib.Path({str(started)!r}).touch()\n"
        "def test_slow(subject, pinned):\n    while True: pass\n"
    )
    # Where the tests themselves run in the background, children would ignore the signal.
    old = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            pinned_project.command("verify", *(["--json"] if as_json else [])),
            cwd=pinned_project.folder,
            env=pinned_project.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, old)
    deadline = time.monotonic() + 60
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    if as_json:
        assert json.loads(out)["exit_code"] == 130
        assert err == ""
    else:
        assert (out, err) == ("", "interrupted; nothing was changed\n")
