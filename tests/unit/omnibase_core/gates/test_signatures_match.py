"""A mixin whose members differ from what its entry promises is found."""

from typing import Any

import pytest

from omnibase_core.gates.signatures_match import find

CLASS = '"""Plays."""\n\n\nclass MixinToy:\n'
PLAY = "    def play(self, times: int = 1) -> int:\n        return times\n"
TUNE = '    @property\n    def tune(self) -> str:\n        return ""\n'


def messages(toys: Any, *members: str, before: str = "") -> list[str]:
    toys.write("mixins/mixin_toy.py", before + CLASS + "\n".join(members))
    return [each.message for each in find(toys.root)]


def test_members_as_promised_are_left_alone(toys: Any) -> None:
    assert list(find(toys.root)) == []


def test_how_a_signature_is_laid_out_does_not_matter(toys: Any) -> None:
    spread = PLAY.replace("self, ", "\n        self,\n        ")
    assert messages(toys, spread, TUNE) == []


def test_decorators_do_not_matter(toys: Any) -> None:
    assert messages(toys, "    @staticmethod\n" + PLAY, TUNE) == []


def test_inherited_members_count(toys: Any) -> None:
    base = f"class Base:\n{PLAY}\n{TUNE}\n"
    source = base + CLASS.replace('"""Plays."""', "").replace("MixinToy", "MixinToy(Base)")
    toys.write("mixins/mixin_toy.py", source + "    pass\n")
    assert list(find(toys.root)) == []


@pytest.mark.parametrize(
    "tune",
    [
        "    tune: str\n",
        '    tune = "la"\n',
        "    def __init__(self) -> None:\n        self.tune = 1\n",
        TUNE.replace("property", "functools.cached_property"),
    ],
)
def test_a_property_may_be_anything_that_is_read(toys: Any, tune: str) -> None:
    assert messages(toys, PLAY, tune, before="import functools\n") == []


def test_a_missing_method_is_found_where_it_is_promised(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", CLASS + TUNE)
    (found,) = find(toys.root)
    assert found.message == "MixinToy has no 'play', which its entry lists under methods"
    assert found.line == toys.line("name: play")


def test_a_missing_property_is_found(toys: Any) -> None:
    assert messages(toys, PLAY) == [
        "MixinToy has no 'tune', which its entry lists under properties"
    ]


def test_another_signature_is_found_with_both_places(toys: Any) -> None:
    toys.write("mixins/mixin_toy.py", CLASS + PLAY.replace("= 1", "= 2") + "\n" + TUNE)
    (found,) = find(toys.root)
    assert found.message == (
        "MixinToy.play: the entry says 'def play(self, times: int=1) -> int', "
        "and it is 'def play(self, times: int=2) -> int'"
    )
    assert found.path == "src/omnibase_core/mixins/mixin_metadata.yaml"
    assert found.instead == "make the entry and src/omnibase_core/mixins/mixin_toy.py:5 agree"


def test_an_async_method_is_not_the_same(toys: Any) -> None:
    (message,) = messages(toys, PLAY.replace("def play", "async def play"), TUNE)
    assert "and it is 'async def play(" in message


def test_another_type_of_a_property_is_found(toys: Any) -> None:
    assert messages(toys, PLAY, TUNE.replace("str", "bytes")) == [
        "MixinToy.tune: the entry says 'str', and it is 'bytes'"
    ]


def test_a_method_that_is_no_function_is_found(toys: Any) -> None:
    assert messages(toys, "    play = 3\n", TUNE) == [
        "MixinToy.play: it is no function whose source could be read"
    ]


def test_a_signature_that_is_no_python_is_found(toys: Any) -> None:
    toys.toy["code_patterns"]["methods"][0]["signature"] = "play(times)"
    (found,) = find(toys.write_registry())
    assert found.message == "MixinToy.play: its signature is no definition of a function"


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("\nimport omnibase_core.gone\n", "the module cannot be imported: ModuleNotFound", 2),
        ("\n\nclass MixinToy\n", "the module cannot be imported: SyntaxError", 3),
        ("\n\nraise SystemError('no')\n", "the module cannot be imported: SystemError('no')", 3),
        ("class Other: ...\n", "the module defines no class MixinToy", 1),
    ],
)
def test_a_module_that_cannot_be_looked_into_is_found(
    toys: Any, source: str, message: str, line: int
) -> None:
    toys.write("mixins/mixin_toy.py", source)
    (found,) = find(toys.root)
    assert found.message.startswith(message)
    assert (found.path, found.line) == ("src/omnibase_core/mixins/mixin_toy.py", line)


def test_a_planned_mixin_keeps_no_promise_yet(toys: Any) -> None:
    (toys.package / "mixins/mixin_toy.py").unlink()
    assert list(find(toys.root)) == []
