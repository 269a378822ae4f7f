"""Settings without effect are found, and so is a list of them that is stale or grows."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.fields_are_read import find, notes
from omnibase_core.gates.finding import Finding

LIST = "mixins/not_yet_honoured.yaml"
NEITHER = '"""Plays."""\n\n\nclass MixinToy:\n    """Plays."""\n'
READS_PACE = NEITHER + "    def play(self): return self.toy_settings.pace\n"
READS_LOUD = NEITHER + "    def win(self): return self.toy_settings.loud\n"
PLAYING = "def play(settings): return settings.loud, settings.pace\n"


def listed(toys: Any, *fields: str, model: str = "ModelToySubcontract") -> None:
    names = "".join(f"    - {name}\n" for name in fields)
    toys.write(LIST, f"{model}:\n  reason: It is new.\n  fields:\n{names}")


def messages(toys: Any) -> list[str]:
    return [each.message for each in find(toys.root)]


def git(folder: Path, *words: str) -> None:
    identity = [
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=m",
    ]
    command = ["git", *identity, "-C", str(folder), *words]
    subprocess.run(command, check=True, capture_output=True)


def commit(toys: Any) -> None:
    if not (toys.root / ".git").exists():
        git(toys.root, "init")
    git(toys.root, "add", ".")
    git(toys.root, "commit", "-m", "more")


def test_settings_that_are_read_are_left_alone(toys: Any) -> None:
    assert list(find(toys.root)) == []


def test_a_setting_that_nothing_reads_is_found_at_its_field(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", READS_PACE)
    path = "models/contracts/subcontracts/model_toy_subcontract.py"
    assert list(find(toys.root)) == [
        Finding(
            f"src/omnibase_core/{path}",
            toys.line("loud:", path),
            "ModelToySubcontract.loud is read by none of MixinToy",
            "act upon it in one of them",
        )
    ]


def test_what_is_only_assigned_is_not_read(toys: Any) -> None:
    body = "    def play(self):\n        self.toy_settings.loud = self.toy_settings.pace\n"
    toys.write("mixins/mixin_toy.py", NEITHER + body)
    assert messages(toys) == ["ModelToySubcontract.loud is read by none of MixinToy"]


@pytest.mark.parametrize(
    "reading",
    [
        'getattr(self.toy_settings, "loud") or self.toy_settings.pace',
        'operator.attrgetter("loud", "toy.pace")(self.toy_settings)',
        "[settings.loud for settings in self.all if settings.pace]",
    ],
)
def test_a_setting_may_be_read_in_several_ways(toys: Any, reading: str) -> None:
    toys.write("mixins/mixin_toy.py", f"{NEITHER}    def play(self):\n        return {reading}\n")
    assert messages(toys) == []


@pytest.mark.parametrize(
    "importing",
    [
        "from omnibase_core.utils.playing import play\n",
        "from omnibase_core.utils import playing\n",
        "import omnibase_core.utils.playing\n",
        "from omnibase_core.utils.more import play\n",
    ],
)
def test_a_helper_may_read_a_setting(toys: Any, importing: str) -> None:
    toys.write("utils/playing.py", PLAYING)
    toys.write("utils/more/__init__.py", "from omnibase_core.utils.more.inner import play\n")
    toys.write("utils/more/inner.py", "from omnibase_core.utils.playing import play\n")
    toys.write("mixins/mixin_toy.py", importing + NEITHER)
    assert messages(toys) == []


def test_what_is_no_helper_does_not_count(toys: Any) -> None:
    toys.write(
        "infrastructure/playing.py", "def play(settings): return settings.loud, settings.pace\n"
    )
    importing = "from omnibase_core.infrastructure.playing import play\n"
    toys.write("mixins/mixin_toy.py", importing + NEITHER)
    assert len(messages(toys)) == 2


def test_any_mixin_of_a_shared_model_may_read_a_setting(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", READS_PACE)
    toys.registry["mixin_game"] = toys.toy | {"name": "MixinGame"}
    toys.write("mixins/mixin_game.py", READS_LOUD)
    toys.write_registry()
    assert messages(toys) == []


def test_settings_of_a_model_inside_the_model_count_as_well(toys: Any) -> None:
    path = "models/contracts/subcontracts/model_toy_subcontract.py"
    text = (
        (toys.package / path)
        .read_text(encoding="utf-8")
        .replace("import F", "import BaseModel, F")
    )
    inner = (
        'class ModelBattery(BaseModel):\n    volts: int = Field(default=1, description="V")\n\n'
    )
    text = text.replace("class ModelToyS", inner + "class ModelToyS")
    toys.write(
        path, text + '    cell: ModelBattery | None = Field(default=None, description="C")\n'
    )
    assert messages(toys) == [
        "ModelToySubcontract.cell is read by none of MixinToy",
        "ModelBattery.volts is read by none of MixinToy",
    ]


def test_a_listed_setting_is_left_alone_and_noted(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "pace", "loud")
    assert messages(toys) == []
    first, second = notes(toys.root)
    assert first.summary == "settings not honoured yet: 2"
    assert first.about == ("ModelToySubcontract.pace", "ModelToySubcontract.loud")
    assert second.summary.startswith("whether not_yet_honoured.yaml has grown cannot be told: ")


def test_without_a_list_there_is_nothing_to_note(toys: Any) -> None:
    assert list(notes(toys.root)) == []


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("loud", "ModelToySubcontract.loud is read by now"),
        ("size", "ModelToySubcontract has no field 'size'"),
    ],
)
def test_a_stale_line_of_the_list_is_found(toys: Any, field: str, message: str) -> None:
    listed(toys, field)
    assert list(find(toys.root)) == [
        Finding(
            f"src/omnibase_core/{LIST}",
            toys.line(f"- {field}", LIST),
            message,
            "take it off the list",
        )
    ]


def test_a_model_that_configures_nothing_is_found(toys: Any) -> None:
    listed(toys, "size", model="ModelBall")
    assert messages(toys) == ["ModelBall configures no mixin"]


def test_a_line_that_stands_there_twice_is_found(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "pace", "loud", "pace")
    assert messages(toys) == ["ModelToySubcontract.pace is listed twice"]


@pytest.mark.parametrize(
    "text",
    [
        "ModelToySubcontract: [pace]\n",
        "ModelToySubcontract:\n  fields: [pace]\n",
        'ModelToySubcontract:\n  reason: " "\n  fields: [pace]\n',
    ],
)
def test_a_list_that_gives_no_reason_is_refused(toys: Any, text: str) -> None:
    toys.write(LIST, text)
    with pytest.raises(ModelOnexError, match=r"not_yet_honoured\.yaml: not a list of fields"):
        list(find(toys.root))


def test_a_list_that_shrinks_is_left_alone(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "pace", "loud")
    commit(toys)
    toys.write("mixins/mixin_toy.py", READS_PACE)
    listed(toys, "loud")
    assert messages(toys) == []
    assert [note.summary for note in notes(toys.root)] == ["settings not honoured yet: 1"]


def test_a_list_that_grows_is_found_however_often_it_was_committed(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", READS_PACE)
    listed(toys, "loud")
    commit(toys)
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "loud", "pace")
    commit(toys)
    (found,) = find(toys.root)
    assert found.message == (
        "ModelToySubcontract.pace was not on the list at first, which may only shrink"
    )
    assert (found.path, found.line) == (f"src/omnibase_core/{LIST}", toys.line("- pace", LIST))


def test_a_list_that_was_taken_away_and_put_back_is_compared_with_the_first(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", READS_PACE)
    listed(toys, "loud")
    commit(toys)
    (toys.package / LIST).unlink()
    commit(toys)
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "loud", "pace")
    commit(toys)
    assert len(messages(toys)) == 1


def test_a_shallow_clone_is_compared_with_what_it_has(toys: Any, tmp_path: Path) -> None:
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "loud", "pace")
    commit(toys)
    toys.write("mixins/mixin_toy.py", READS_PACE)
    listed(toys, "loud")
    commit(toys)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--depth", "1", toys.root.as_uri(), str(clone))
    assert list(find(clone)) == []
    package = clone / "src/omnibase_core"
    (package / "mixins/mixin_toy.py").write_text(NEITHER, encoding="utf-8")
    text = (package / LIST).read_text(encoding="utf-8")
    (package / LIST).write_text(f"{text}    - pace\n", encoding="utf-8")
    (found,) = find(clone)
    assert "ModelToySubcontract.pace was not on the list" in found.message


def test_without_git_the_rest_is_checked(toys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(toys, "loud")
    monkeypatch.setenv("PATH", "")
    assert messages(toys) == ["ModelToySubcontract.loud is read by now"]
    assert [note.summary for note in notes(toys.root)][1:] == [
        "whether not_yet_honoured.yaml has grown cannot be told: git is not installed"
    ]


def test_a_file_that_no_commit_has_is_told(toys: Any) -> None:
    commit(toys)
    listed(toys, "loud")
    assert "cannot be told: no commit has it" in list(notes(toys.root))[1].summary


def test_a_first_version_that_cannot_be_read_is_told(toys: Any) -> None:
    toys.write(LIST, "- nothing\n")
    commit(toys)
    listed(toys, "loud")
    assert "the first version of not_yet_honoured.yaml" in list(notes(toys.root))[1].summary


def test_a_hook_may_name_another_repository(toys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toys.write("mixins/mixin_toy.py", NEITHER)
    listed(toys, "loud", "pace")
    commit(toys)
    monkeypatch.setenv("GIT_DIR", str(toys.root / "nowhere"))
    assert [note.summary for note in notes(toys.root)] == ["settings not honoured yet: 2"]


def test_what_is_called_like_a_setting_elsewhere_is_none(toys: Any) -> None:
    reading = "    def play(self, order): return order.loud, order.pace\n"
    toys.write("mixins/mixin_toy.py", NEITHER + reading)
    assert len(messages(toys)) == 2
