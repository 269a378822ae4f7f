"""The commands about mixins: what they print, and the exit code that scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import omnibase_core
from omnibase_core.cli.app import main

SOURCES = Path(omnibase_core.__file__).parents[1]

REGISTRY = """
mixin_good:
  name: MixinGood
  description: Does good
  version: {major: 1, minor: 2, patch: 3}
  category: execution
  requires: [pydantic]
  compatible_with: [MixinPlan]
  incompatible_with: [MixinBad]
  usage_examples: [Where good is wanted]
  config_schema:
    level:
      {type: integer, minimum: 1, maximum: 9, default: 5, description: How good}
    words:
      {type: array, items: {type: string}, default: [], description: "What to say: caf\\u00e9"}
    mode: {type: string, enum: [a, b], default: a}
    least: {type: number, exclusiveMinimum: 0}
    either: {anyOf: [{type: string}, {type: "null"}], default: null}
  presets:
    best: {description: As good as it gets, config: {level: 9}}
mixin_bad:
  name: MixinBad
  description: Gets in the way
  version: {major: 1, minor: 0, patch: 0}
  category: reliability
mixin_plan:
  name: MixinPlan
  description: Is yet to come
  version: {major: 1, minor: 0, patch: 0}
  category: execution
  requires: [MixinGood]
infrastructure:
  mixin_frame: {name: MixinFrame, kind: mixin, reason: It has nothing to set}
  mixin_helper: {name: helper, kind: function, reason: It has arguments}
"""
MODULES = {
    "mixin_good": "class MixinGood:\n    def act(self): ...\n",
    "mixin_bad": "class MixinBad:\n    def act(self): ...\n    def __init__(self): ...\n",
    "mixin_frame": "from mixin_good import MixinGood\nclass MixinFrame(MixinGood): ...\n",
    "mixin_helper": "def helper(): ...\n",
}
HOSTS = """
print("noise from an import")
class MixinA:
    def act(self): ...
class MixinB(MixinA): ...
class MixinC:
    def act(self): ...
class Fine(MixinA): ...
class Torn(MixinA, MixinC):
    class Inner(MixinB): ...
number = 3
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mixin_metadata.yaml").write_text(REGISTRY, encoding="utf-8")
    for name, text in MODULES.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    stem = f"hosts_{tmp_path.name}"
    (tmp_path / f"{stem}.py").write_text(HOSTS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in MODULES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*words: str) -> tuple[int, str, str]:
        code = main(["mixins", *words, "--registry", str(folder)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def data(run: Any) -> Any:
    def call(*words: str) -> dict[str, Any]:
        code, out, _ = run(*words, "--json")
        document: dict[str, Any] = json.loads(out)
        assert document["exit_code"] == code
        assert document["format"] == 1
        assert document["command"] == f"mixins {words[0]}"
        return document

    return call


def host(folder: Path, name: str) -> str:
    return f"hosts_{folder.name}:{name}"


def test_list_is_a_table(run: Any) -> None:
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "name       category     version  subcontract  state",
        "MixinGood  execution    1.2.3    -            implemented",
        "MixinBad   reliability  1.0.0    -            implemented",
        "MixinPlan  execution    1.0.0    -            planned",
        "",
        "infrastructure, without a subcontract",
        "name        kind      state        reason",
        "MixinFrame  mixin     implemented  It has nothing to set",
        "helper      function  implemented  It has arguments",
    ]


def test_list_of_one_category(run: Any, data: Any) -> None:
    _, out, _ = run("list", "--category", "execution")
    assert [line.split()[0] for line in out.splitlines()] == ["name", "MixinGood", "MixinPlan"]
    assert [each["name"] for each in data("list", "--category", "reliability")["mixins"]] == [
        "MixinBad"
    ]


def test_an_unknown_category_names_those_that_there_are(run: Any) -> None:
    code, out, err = run("list", "--category", "x")
    assert (code, out) == (2, "")
    assert err == "error: there is no category 'x'\n  try one of execution, reliability\n"


@pytest.mark.parametrize("name", ["MixinGood", "mixin_good", "good"])
def test_show_tells_everything(run: Any, name: str) -> None:
    code, out, _ = run("show", name)
    assert code == 0
    assert out == (
        "MixinGood 1.2.3\n"
        "Does good\n"
        "\n"
        "category:    execution\n"
        "module:      mixin_good (implemented)\n"
        "requires:    pydantic\n"
        "goes with:   MixinPlan\n"
        "not with:    MixinBad\n"
        "  - Where good is wanted\n"
        "\n"
        "settings\n"
        "name    type             default     allowed  description\n"
        "level   integer          5           1..9     How good\n"
        "words   array of string  []                   What to say: caf\u00e9\n"
        "mode    string           a           a | b\n"
        "least   number           (required)  > 0\n"
        "either  string or null   null\n"
        "\n"
        "presets\n"
        "name  description          values\n"
        "best  As good as it gets   level=9\n"
    ).replace("gets   level", "gets  level").replace(
        "description          v", "description         v"
    )


def test_show_tells_who_refuses_a_mixin(data: Any) -> None:
    assert data("show", "bad")["mixin"]["refused_by"] == ["MixinGood"]


def test_show_of_infrastructure(run: Any, data: Any) -> None:
    code, out, _ = run("show", "frame")
    assert code == 0
    assert out == (
        "MixinFrame: infrastructure, mixin\n"
        "It has nothing to set\n"
        "module: mixin_frame (implemented)\n"
    )
    assert data("show", "frame")["infrastructure"]["reason"] == "It has nothing to set"
    code, _, err = run("show", "frame", "--yaml")
    assert code == 2
    assert "it has no subcontract" in err


def test_show_of_nothing_suggests_the_nearest(run: Any, data: Any) -> None:
    code, out, err = run("show", "MixinGod")
    assert (code, out) == (2, "")
    assert "did you mean 'MixinGood'?" in err
    assert "'MixinGood'" in data("show", "MixinGod")["error"]["message"]


def test_show_of_an_unknown_preset(run: Any) -> None:
    code, _, err = run("show", "good", "--preset", "bst")
    assert code == 2
    assert "did you mean 'best'?" in err


def test_yaml_of_a_mixin_without_a_subcontract(run: Any) -> None:
    code, out, err = run("show", "good", "--yaml")
    assert (code, out) == (2, "")
    assert "names no subcontract model" in err


@pytest.mark.parametrize("preset", [None, "production"])
def test_the_yaml_of_a_subcontract_can_be_read_back(
    preset: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["mixins", "show", "contract_loader", "--yaml"]
    assert main([*words, "--preset", preset] if preset else words) == 0
    config = yaml.safe_load(capsys.readouterr().out)["config"]
    assert config["contract_cache_ttl_seconds"] == (86400 if preset else 3600)
    assert main(["mixins", "show", "contract_loader"]) == 0
    assert "enable_contract_caching: true" in capsys.readouterr().out


def test_check_of_a_class_that_is_fine(run: Any, folder: Path) -> None:
    code, out, err = run("check", host(folder, "Fine"))
    assert code == 0
    assert out == f"{host(folder, 'Fine')}: fine\norder: Fine > MixinA\n"
    assert err == "noise from an import\n"


def test_check_of_a_class_in_conflict(run: Any, folder: Path) -> None:
    code, out, _ = run("check", host(folder, "Torn"))
    assert code == 1
    assert out == (
        f"{host(folder, 'Torn')}: 1 conflict\n"
        "order: Torn > MixinA > MixinC\n"
        "\n"
        "conflict: name-conflict\n"
        "  act is defined by MixinA and MixinC; MixinA wins\n"
        "    try: define act in the class itself, or leave one of the mixins out\n"
    )


def test_check_of_a_class_as_json(data: Any, folder: Path) -> None:
    document = data("check", host(folder, "Torn"))
    assert document["exit_code"] == 1
    assert document["mixins"] == ["MixinA", "MixinC"]
    assert [each["name"] for each in document["findings"]] == ["act"]
    assert data("check", host(folder, "Torn.Inner"))["exit_code"] == 0


@pytest.mark.parametrize("body", [" ...", "\n    number = 1"])
def test_check_explains_a_class_that_cannot_be_made(
    run: Any, folder: Path, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"from {{}} import *\n\nclass Broken(MixinA, MixinB):{body}\n"
    module = f"broken_{folder.name}"
    monkeypatch.chdir(folder)
    (folder / f"{module}.py").write_text(text.format(f"hosts_{folder.name}"), encoding="utf-8")
    code, out, _ = run("check", f"{module}:Broken")
    assert code == 1
    said = " ".join(out.split())
    assert "conflict: impossible-order Broken cannot be made" in said
    assert "MixinB before MixinA (it is derived from MixinA); list MixinB before MixinA" in said
    assert f"at{module}.py:3" in "".join(out.split())


@pytest.mark.parametrize(
    ("name", "problem", "instead"),
    [
        ("{hosts}", "does not name a class", "package.module:Class"),
        ("{hosts}x:Fine", "there is no module", "{hosts}"),
        ("omnibase_core.discovry:X", "there is no module", "omnibase_core.discovery"),
        ("{hosts}:Fin", "has no class 'Fin'", "Fine"),
        ("{hosts}:number", "is no class but a int", ""),
        ("a-b:C", "is no name of a module", "package.module:Class"),
        ("{hosts}.sub:C", "there is no module", "is no package"),
    ],
)
def test_check_of_what_does_not_exist(
    run: Any, folder: Path, name: str, problem: str, instead: str
) -> None:
    hosts = f"hosts_{folder.name}"
    code, out, err = run("check", name.format(hosts=hosts))
    assert (code, out) == (2, "")
    assert problem in " ".join(err.split())
    assert instead.format(hosts=hosts) in " ".join(err.split())


@pytest.mark.parametrize("text", ["import sys; sys.exit(3)", "1 / 0", "import not_there", "def"])
def test_check_of_a_module_that_cannot_be_imported(run: Any, folder: Path, text: str) -> None:
    module = f"failing_{folder.name}"
    (folder / f"{module}.py").write_text(text, encoding="utf-8")
    code, out, err = run("check", f"{module}:Any")
    assert (code, out) == (2, "")
    assert f"{module} cannot be imported: " in " ".join(err.split())


def test_a_type_error_in_a_module_is_no_finding(run: Any, folder: Path) -> None:
    module = f"wrong_{folder.name}"
    (folder / f"{module}.py").write_text("len(3)", encoding="utf-8")
    code, _, err = run("check", f"{module}:Any")
    assert code == 2
    assert "TypeError: object of type 'int'" in " ".join(err.split())


def test_check_of_mixins_by_name(data: Any) -> None:
    document = data("check", "--mixins", "good,MixinBad,good,plan,frame,helper")
    assert document["exit_code"] == 1
    kinds = {each["kind"] for each in document["findings"]}
    # A base before what is derived from it: there is no order to look for clashes in.
    assert kinds == {"duplicate", "planned", "impossible-order", "incompatible", "infrastructure"}


def test_check_of_mixins_that_clash(data: Any) -> None:
    document = data("check", "--mixins", "good, bad")
    found = [(each["kind"], each["name"]) for each in document["findings"]]
    assert found == [
        ("incompatible", None),
        ("name-conflict", "act"),
        ("constructor", "__init__"),
    ]
    assert [name.partition(":")[2] for name in document["order"][:3]] == [
        *("MixinGood", "MixinBad", "NodeCoreBase"),
    ]


def test_check_of_mixins_that_fit(data: Any) -> None:
    assert data("check", "--mixins", "MixinGood")["exit_code"] == 0
    document = data("check", "--mixins", "plan")
    assert {each["kind"] for each in document["findings"]} == {"planned", "missing-requirement"}
    # What a mixin inherits is there.
    document = data("check", "--mixins", "plan,frame")
    assert {each["kind"] for each in document["findings"]} == {"planned", "infrastructure"}


@pytest.mark.parametrize("names", ["", ",", "good,goood"])
def test_check_of_no_mixins(run: Any, names: str) -> None:
    assert run("check", "--mixins", names)[0] == 2


def test_check_of_the_registry(run: Any, data: Any) -> None:
    code, out, _ = run("check")
    assert code == 1
    assert "mixin_plan: the module mixin_plan.py is missing" in out
    assert data("check")["problems"] == ["mixin_plan: the module mixin_plan.py is missing"]


def test_a_registry_that_cannot_be_read(run: Any, folder: Path) -> None:
    (folder / "mixin_metadata.yaml").write_text("mixin_a: 3", encoding="utf-8")
    for words in (["list"], ["show", "a"], ["check"], ["check", "--mixins", "a"]):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        assert "mixin_a: Input should be" in " ".join(err.split())


@pytest.mark.parametrize(
    "words",
    [[], ["mixins"], ["mixins", "lst"], ["mixins", "show"], ["mixins", "list", "--categ", "x"]],
)
def test_a_command_line_that_cannot_be_read(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert main([*words, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["exit_code"] == 2


WITH_SUBCONTRACT = """
mixin_good:
  name: MixinGood
  description: Does good
  version: {major: 1, minor: 0, patch: 0}
  category: execution
  subcontract_model: %s
  presets: {brief: {config: {contract_cache_ttl_seconds: 1}}}
"""


def test_a_preset_that_the_subcontract_refuses(run: Any, folder: Path) -> None:
    model = "omnibase_core.models.contracts.subcontracts:ModelContractLoaderSubcontract"
    text = WITH_SUBCONTRACT % model
    (folder / "mixin_metadata.yaml").write_text(text, encoding="utf-8")
    code, _, err = run("show", "good", "--preset", "brief", "--yaml")
    assert code == 2
    assert "MixinGood refuses the values of the preset" in err
    assert "contract_cache_ttl_seconds: Input should be greater than or equal to 60" in err
    code, out, _ = run("show", "good")
    assert code == 0
    assert "contract_cache_ttl_seconds: 3600" in out


def test_a_subcontract_that_does_not_exist_is_told(run: Any, folder: Path) -> None:
    text = WITH_SUBCONTRACT % "no.such:Model"
    (folder / "mixin_metadata.yaml").write_text(text, encoding="utf-8")
    code, out, _ = run("show", "good")
    assert code == 0
    assert "no subcontract to show: MixinGood: the subcontract no.such:Model" in out
    assert run("show", "good", "--yaml")[0] == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            (
                "import typing, {0} as m\nT = typing.TypeVar('T')\n@str\n"
                "class Broken(typing.Generic[T], m.MixinA,\n    m.MixinB): ...\n"
            ),
            "there is no order of the classes",
        ),
        (
            "import {0} as m\nclass Broken(m.MixinA, m.MixinA): ...\n",
            "MixinA is listed 2 times; list it once",
        ),
        (
            "import {0} as m\nclass Broken(m.MixinA, [m.MixinB][0]): ...\n",
            "Cannot create a consistent method resolution order",
        ),
    ],
)
def test_bases_may_be_written_in_many_ways(run: Any, folder: Path, text: str, why: str) -> None:
    module = f"ways_{folder.name}"
    written = text.format(f"hosts_{folder.name}")
    (folder / f"{module}.py").write_text(written, encoding="utf-8")
    code, out, _ = run("check", f"{module}:Broken")
    assert code == 1
    assert f"Broken cannot be made: {why}" in " ".join(out.split())


def test_an_interruption_ends_quietly(run: Any, folder: Path) -> None:
    module = f"stopped_{folder.name}"
    (folder / f"{module}.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    assert run("check", f"{module}:Any") == (130, "", "")


def process(
    *words: str, width: int = 120, **variables: str
) -> "subprocess.CompletedProcess[bytes]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    return subprocess.run(
        [sys.executable, "-m", "omnibase_core", "mixins", *words],
        capture_output=True,
        check=False,
        env=environment | {"PYTHONPATH": str(SOURCES), "COLUMNS": str(width)} | variables,
    )


def test_the_module_can_be_run() -> None:
    done = process("list")
    assert done.returncode == 0, done.stderr
    assert b"MixinTransactions" in done.stdout
    assert b"\x1b" not in done.stdout
    assert not done.stderr
    assert process("show", "nobody").returncode == 2


def test_text_survives_an_ascii_terminal(folder: Path) -> None:
    variables = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = process("show", "good", "--registry", str(folder), **variables)
    assert done.returncode == 0, done.stderr
    assert rb"caf\xe9" in done.stdout
    done = process("show", "good", "--json", "--registry", str(folder), **variables)
    schema = json.loads(done.stdout)["mixin"]["config_schema"]
    assert schema["words"]["description"] == "What to say: caf\u00e9"


def test_a_reader_may_leave_early() -> None:
    command = f"{sys.executable} -m omnibase_core mixins list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert done.stdout.splitlines()[1] == "0"
    assert done.stderr == ""


def test_stdout_may_be_closed() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m omnibase_core mixins list >&-"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("option", ["", "--json"])
def test_a_full_disk_is_told(option: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m omnibase_core mixins list {option} >/dev/full"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: the answer cannot be written: No space left on device\n"


def test_help_needs_neither_pydantic_nor_yaml() -> None:
    code = (
        "import sys\nfrom omnibase_core.cli.app import main\n"
        "try:\n    main(['mixins', 'check', '--help'])\n"
        "except SystemExit:\n    pass\n"
        "print([name for name in ('pydantic', 'yaml') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )
    assert done.stdout.splitlines()[-1] == "[]"
