"""Reading a document: YAML 1.2, both parsers alike, and one clear error for all else."""

import math
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.utils.contract_yaml import Limits, read_document
from omnibase_core.utils.contract_yaml.limits import DEFAULT_LIMITS
from omnibase_core.utils.contract_yaml.nodes import Node
from omnibase_core.utils.contract_yaml.parser import LOADERS, parse
from omnibase_core.utils.contract_yaml.reader import compose

_TEXTS = ["no", "yes", "on", "off", "y", "N", "No", "YES", "1:30", "1_000", "0b1", "1.2.3"]
BOTH = (*LOADERS, yaml.SafeLoader)[:2]


def tree(text: str, loader: object = LOADERS[0], limits: Limits = DEFAULT_LIMITS) -> Node:
    return compose(text, "a.yaml", limits, parse(text, loader))


@pytest.fixture(params=BOTH, ids=["fast", "pure"])
def loader(request: pytest.FixtureRequest) -> object:
    return request.param


def test_pyyaml_has_the_fast_parser_where_the_tests_run() -> None:
    assert len(LOADERS) == (2 if yaml.__with_libyaml__ else 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, word) for word in _TEXTS),
        ("2024-01-31", "2024-01-31"),
        ("2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z"),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0o8", "0o8"),
        ("+12", 12),
        ("-7", -7),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5E-3", -0.0015),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("-.nan", "-.nan"),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ('"12"', "12"),
        ("'~'", "~"),
        ("=", "="),
        ("|\n  12\n", "12\n"),
        ("'<<'", "<<"),
        ("[no, 1, {b: ~}]", ["no", 1, {"b": None}]),
    ],
)
def test_scalars_follow_the_core_schema(loader: object, text: str, value: object) -> None:
    read = tree(f"a: {text}", loader).plain()
    assert read == {"a": value}
    assert repr(read) == repr({"a": value})


def test_nan_is_read(loader: object) -> None:
    assert math.isnan(tree(".nan", loader).content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r" a\.yaml:1:1: the document is empty; write the contract$"),
        ("# only this\n", r":1:1: the document is empty"),
        ("a: !!python/object:os.system x", r":1:4: tags are not read, and here is .*; remove the"),
        ("a: !x 1", r":1:4: tags are not read, and here is '!x'"),
        ("a: !!str 1", r":1:4: tags are not read"),
        ("a: ! 1", r":1:4: tags are not read"),
        ("!!map {a: 1}", r":1:1: tags are not read"),
        ("%TAG !e! tag:x,2000:\n---\na: 1", r":1:1: tags are not read, and here some"),
        ("%YAML 1.1\n---\na: 1", r"read as YAML 1\.2, and it declares"),
        ("a: 1\nb: 2\na: 3", r":3:1: the key 'a' stands twice, in lines 1 and 3; keep one"),
        ('a: 1\n"a": 2', r":2:1: the key 'a' stands twice, in lines 1 and 2"),
        ("a: &x {b: 1}\nc:\n  <<: *x", r":3:3: the merge key << is not part of YAML 1\.2; write"),
        ("1: x", r":1:1: a key has to be text"),
        ("a: {null: x}", r":1:5: a key has to be text"),
        ("{true: x}", r":1:2: a key has to be text"),
        ("? ~\n: x", r":1:3: a key has to be text"),
        ("? [a]\n: b", r":1:3: a key has to be text"),
        ("a: 1\n---\nb: 2", r":2:1: a second document begins here"),
        ("a: *b", r":1:4: the alias \*b stands for nothing"),
        ("&a [*a]", r":1:5: the alias \*a stands in what it stands for"),
        ("&a {b: {c: *a}}", r":1:12: the alias \*a stands in what it stands for"),
        ("a: [1", r"is not closed"),
        ("a:\n\t- 1", r":2:1: a tab stands where YAML wants spaces"),
        ("a: @x", r":1:4: no value can begin with '@'"),
        ("a: b: c", r":1:5: a ':' stands where no key can be"),
        ('a: "\\ud83d"', r"."),
        ('a: "\\q"', r"escape that YAML does not know"),
        (f"a: {'1' * 1001}", r":1:4: a number of 1001 characters is too long"),
        ("a: 1e999", r":1:4: the number 1e999 is too large for a float"),
        ("a: " + "[" * 70, r"nested deeper than 64 levels"),
    ],
)
def test_what_is_not_read_is_refused_with_its_place(
    loader: object, text: str, message: str
) -> None:
    with pytest.raises(ModelOnexError, match=message) as caught:
        tree(text, loader)
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    facts = caught.value.context["additional_context"]
    start = f"{facts['path']}:{facts['line']}:{facts['column']}: "
    assert caught.value.message.startswith(start)


def test_all_problems_are_named_at_once_from_top_to_bottom(loader: object) -> None:
    with pytest.raises(ModelOnexError, match="twice") as caught:
        tree("a: !x 1\n2: b\na: [1\n", loader)
    lines = caught.value.message.splitlines()
    assert [line.split(": ")[0] for line in lines[:3]] == [
        "a.yaml:1:4",
        "a.yaml:2:1",
        "a.yaml:3:1",
    ]
    assert len(lines) == len(caught.value.context["additional_context"]["problems"]) == 4
    assert ModelOnexError.from_json(caught.value.to_json()).message == caught.value.message


def test_more_than_fifty_problems_are_counted() -> None:
    with pytest.raises(ModelOnexError, match=r"and 10 more$"):
        tree("\n".join(f"{number}: x" for number in range(60)))


def test_small_aliases_stand_for_fresh_copies(loader: object) -> None:
    data = tree("a: &x [1, {b: 2}]\nc: *x\nd: [*x, *x]", loader).plain()
    assert data == {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": [[1, {"b": 2}]] * 2}
    assert isinstance(data, dict)
    assert data["a"] is not data["c"]


def test_alias_bombs_are_refused_before_they_grow(loader: object) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    with pytest.raises(ModelOnexError, match="grows beyond 100000 values here; divide it"):
        tree("\n".join(rows), loader)


def test_aliases_count_as_deep_as_what_they_stand_for(loader: object) -> None:
    deep = "&a " + "[" * 5 + "]" * 5
    with pytest.raises(ModelOnexError, match="deeper than 8 levels"):
        tree(f"- {deep}\n- [[[*a]]]", loader, Limits(depth=8))


@pytest.mark.parametrize("limits", [{"nodes": 0}, {"depth": 101}, {"file_bytes": -1}])
def test_limits_that_cannot_hold_are_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ModelOnexError, match="choose a number"):
        Limits(**limits)


def test_every_value_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a:\n  - 1\n  - b: x\n    c:\nd: &d\n  e: 'é' # é\nf: *d\n", encoding="utf-8")
    document = read_document(path)
    assert document.place(()) == (1, 1)
    assert document.place(("a",)) == (2, 3)
    assert document.place(("a", 1, "b")) == (3, 8)
    assert document.place(("a", 1, "c")) == (4, 5)
    assert document.place(("f",)) == (7, 4)
    assert document.place(("f", "e")) == (6, 6)
    assert document.place(("a", 1, "none", 3)) == (3, 5)
    assert document.where_key(("a", 1, "b")) == (path.as_posix(), 3, 5)
    assert document.where(("d", "e")).path == document.path == path.as_posix()


def refused(path: Path | str, code: EnumCoreErrorCode) -> str:
    with pytest.raises(ModelOnexError, match=r"\] \S+:\d+:\d+: .+; .+$") as caught:
        read_document(path)
    assert caught.value.error_code is code
    return caught.value.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: \xff", ":1:4: the byte 0xff is not UTF-8; save"),
        (b"a: 1\r\nb: \xc3", ":2:4: the byte 0xc3 is not UTF-8"),
        (b"\xef\xbb\xbfa: 1", ":1:1: the file begins with a byte order mark"),
        ("a: 1".encode("utf-16"), ":1:1: the file is UTF-16"),
        (b"a: 1\nb: \0", ":2:4: the file holds a NUL character; remove it"),
        (b"a: \x07", ":1:4: the character U+0007 is not allowed"),
        ("a: x\u2028y".encode(), ":1:5: the character U+2028 is not allowed"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert f"{path.as_posix()}{message}" in refused(path, EnumCoreErrorCode.FILE_READ_ERROR)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    unreadable = EnumCoreErrorCode.FILE_READ_ERROR
    missing = refused(tmp_path / "a.yaml", EnumCoreErrorCode.FILE_NOT_FOUND)
    assert "there is no such file; check the path" in missing
    assert "this is a folder" in refused(tmp_path, unreadable)
    assert "cannot be read" in refused(tmp_path / ("x" * 300), unreadable)
    assert "null" in refused(tmp_path / "a\0b", unreadable)
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert "cannot be read" in refused(tmp_path / "loop.yaml", unreadable)
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "device or pipe" in refused(tmp_path / "pipe.yaml", unreadable)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        assert "cannot be read" in refused(tmp_path / "s", unreadable)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch(mode=0)
    assert "Permission denied" in refused(path, EnumCoreErrorCode.FILE_READ_ERROR)


def test_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # sparse: reading it would take all memory
    assert "has 1099511627776 bytes, and 1048576 are the most; divide it" in refused(
        path, EnumCoreErrorCode.FILE_READ_ERROR
    )
    path.write_text("a: 12")
    assert read_document(path, limits=Limits(file_bytes=5)).data == {"a": 12}
    with pytest.raises(ModelOnexError, match="5 bytes, and 4 are the most"):
        read_document(path, limits=Limits(file_bytes=4))


indicators = st.text(alphabet="ab1:-?,[]{}&*#|>\"%@'\\!<~.\t\r\n  ", max_size=30)


@settings(max_examples=400)
@given(indicators | st.text(max_size=60))
def test_any_text_is_read_alike_by_both_parsers_or_refused_by_both(text: str) -> None:
    found: list[object] = []
    for one in BOTH:
        try:
            found.append(repr(tree(text, one)))
        except ModelOnexError:
            found.append(None)
    assert found[0] == found[1]


@settings(max_examples=200)
@given(content=indicators.map(str.encode) | st.text().map(str.encode) | st.binary())
def test_any_file_is_read_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    try:
        document = read_document(path)
    except ModelOnexError as error:
        assert error.message.startswith(path.as_posix())  # noqa: PT017 - both ways are right
    else:
        assert document.place(()) >= (1, 1)


def test_the_runtime_does_not_load_it_unasked() -> None:
    code = "import sys, omnibase_core; print([m for m in sys.modules if 'yaml' in m])"
    command = [sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"
