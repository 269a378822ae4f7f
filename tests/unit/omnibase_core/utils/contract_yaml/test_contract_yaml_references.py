"""References: composed within the root, and never beyond it or for ever."""

from pathlib import Path

import pytest

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.utils.contract_yaml import Limits, read_document


def files(root: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = root / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / "a.yaml"


def data(root: Path, **texts: str) -> object:
    return read_document(files(root, **texts)).data


def test_a_reference_is_replaced_by_what_it_leads_to(tmp_path: Path) -> None:
    path = files(
        tmp_path,
        a='x: {$ref: "b.yaml#/c/1"}\ny: {$ref: "#/z"}\nz: [1, {$ref: "sub/d.yaml"}]',
        b="c: [no, {e: 2}]",
        sub__d='{f: {$ref: "../b.yaml#/c/0"}, g: {$ref: "d2.yaml#"}}',
        sub__d2='"a/b~c": 3',
    )
    document = read_document(path)
    inner = {"f": "no", "g": {"a/b~c": 3}}
    assert document.data == {"x": {"e": 2}, "y": [1, inner], "z": [1, inner]}
    assert document.where(("x",)) == (path.as_posix(), 1, 4)
    assert document.where(("x", "e")) == ((tmp_path / "b.yaml").as_posix(), 1, 13)
    assert document.place(("z", 1, "g", "a/b~c")) == (1, 10)


def test_keys_with_slashes_and_tildes_are_escaped(tmp_path: Path) -> None:
    assert data(tmp_path, a='{x: {$ref: "#/a~1b~0c/0"}, a/b~c: [5]}') == {"x": 5, "a/b~c": [5]}


def test_a_reference_may_lead_through_another(tmp_path: Path) -> None:
    found = data(tmp_path, a='x: {$ref: "#/y/k/m"}\ny: {$ref: b.yaml}', b="k: {m: 1}")
    assert found == {"x": 1, "y": {"k": {"m": 1}}}


def test_the_document_itself_may_be_a_reference(tmp_path: Path) -> None:
    assert data(tmp_path, a='$ref: "b.yaml#/x"', b="x: [1]") == [1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x: {$ref: /etc/passwd}", "'/etc/passwd' is absolute; name a file below the root"),
        ("x: {$ref: ../b.yaml}", "'../b.yaml' climbs out of the root"),
        ("x: {$ref: sub/../../b.yaml}", "climbs out of the root"),
        ("x: {$ref: 'file:///b.yaml'}", "is a URL or names a drive"),
        ("x: {$ref: 'https://example.org/b.yaml'}", "is a URL"),
        ("x: {$ref: '//host/b.yaml'}", "is a URL"),
        ("x: {$ref: 'C:/b.yaml'}", "is a URL or names a drive"),
        ("x: {$ref: 'sub\\b.yaml'}", "has a backslash"),
        ('x: {$ref: "b\\0.yaml"}', "holds a NUL character"),
        ("x: {$ref: 'b.yaml#y'}", "has no '/' after the '#'"),
        ("x: {$ref: '#/~2'}", "neither ~0"),
        ("x: {$ref: 1}", ":1:11: $ref has to be text; write"),
        ("x: {$ref: [a]}", "$ref has to be text"),
        ("x: {y: 1, $ref: '#/z'}\nz: 1", ":1:5: 'y' stands beside $ref, which replaces"),
        ("x: {$ref: '#/stats'}\nstates: 1", "no 'stats' in a.yaml; did you mean 'states'?"),
        ("x: {$ref: '#/q'}", "there is no 'q' in a.yaml; there is 'x'"),
        ("x: {$ref: '#/y/2'}\ny: [1, 2]", "no item '2' in a.yaml#/y; it has 2, counted"),
        ("x: {$ref: '#/y/01'}\ny: [1, 2]", "no item '01' in a.yaml#/y"),
        ("x: {$ref: '#/y/k'}\ny: 1", "a.yaml#/y is no list or mapping"),
        ("x: {$ref: '#/x'}", "in a circle: a.yaml#/x -> a.yaml#/x; remove"),
        ("x: {$ref: '#'}", "in a circle: a.yaml#/x -> a.yaml -> a.yaml#/x"),
        ("x: {y: {$ref: '#/x'}}", "in a circle: a.yaml#/x/y -> a.yaml#/x -> a.yaml#/x/y"),
        ("x: {$ref: '#/x/y'}", "in a circle: a.yaml#/x -> a.yaml#/x/y -> a.yaml#/x"),
    ],
)
def test_what_must_not_be_followed_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "b.yaml").write_text("secret: 1")
    path = files(tmp_path / "root", a=text)
    with pytest.raises(ModelOnexError, match=rf"\] {path.as_posix()}:\d+:\d+: ") as caught:
        read_document(path)
    assert message in caught.value.message
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert len(caught.value.message.splitlines()) == 1


def test_a_circle_through_files_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"a\.yaml#/x -> b\.yaml -> a\.yaml#/x;") as caught:
        data(tmp_path, a="x: {$ref: b.yaml}\ny: {$ref: b.yaml}", b="$ref: 'a.yaml#/x'")
    assert len(caught.value.message.splitlines()) == 1


def test_all_bad_references_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match="circle") as caught:
        data(tmp_path, a="x: {$ref: /b}\ny: {$ref: c.yaml}\nz: {$ref: '#/z'}")
    assert len(caught.value.message.splitlines()) == 3


def test_a_missing_file_is_named_with_its_neighbours(tmp_path: Path) -> None:
    with pytest.raises(
        ModelOnexError, match=r"a\.yaml:1:11: .*'bas\.yaml'.*mean 'base\.yaml'"
    ) as e:
        data(tmp_path, a="x: {$ref: bas.yaml}", base="1")
    assert e.value.error_code is EnumCoreErrorCode.FILE_NOT_FOUND
    with pytest.raises(ModelOnexError, match="there is no file"):
        data(tmp_path, a=f"x: {{$ref: {'x' * 4000}/b.yaml}}")


def test_a_mistake_in_another_file_has_its_place_there(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match=r"/b\.yaml:2:1: the key 'y' stands twice"):
        data(tmp_path, a="x: {$ref: b.yaml}", b="y: 1\ny: 2")


def test_links_must_not_lead_out_of_the_root(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("secret: 1")
    root = tmp_path / "root"
    path = files(root, a="x: {$ref: link.yaml}\ny: {$ref: folder/b.yaml}", c="3")
    (root / "link.yaml").symlink_to(tmp_path / "b.yaml")
    (root / "folder").symlink_to(tmp_path)
    with pytest.raises(ModelOnexError, match="leads out of the root") as caught:
        read_document(path)
    assert len(caught.value.message.splitlines()) == 2
    (root / "link.yaml").unlink()
    (root / "link.yaml").symlink_to("c.yaml")
    path.write_text("x: {$ref: link.yaml}")
    assert read_document(path).data == {"x": 3}


def test_a_named_root_holds_for_the_document_too(tmp_path: Path) -> None:
    path = files(tmp_path, a="1", sub__b="x: {$ref: ../a.yaml}", sub__c="$ref: b.yaml#/x")
    assert read_document(tmp_path / "sub/c.yaml", root=tmp_path).data == 1
    with pytest.raises(ModelOnexError, match=r"'\.\./a\.yaml' climbs out of the root"):
        read_document(tmp_path / "sub/b.yaml")
    with pytest.raises(ModelOnexError, match="lies outside the root"):
        read_document(path, root=tmp_path / "sub")
    (tmp_path / "sub/link.yaml").symlink_to(path)
    with pytest.raises(ModelOnexError, match="leads out of the root"):
        read_document(tmp_path / "sub/link.yaml", root=tmp_path / "sub")
    assert read_document(tmp_path / "sub/link.yaml").data == 1


def test_relative_paths_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, sub__b="x: {$ref: ../a.yaml}", a="1")
    monkeypatch.chdir(tmp_path / "sub")
    assert read_document("b.yaml", root="..").data == {"x": 1}


def test_growth_by_references_is_limited(tmp_path: Path) -> None:
    rows = ["a0: [1, 2, 3]"]
    refs = "{{$ref: '#/a{0}'}}, " * 10
    rows += [f"a{n}: [{refs.format(n - 1)}]" for n in range(1, 30)]
    with pytest.raises(ModelOnexError, match="stands for more than 100000 values; refer to less"):
        data(tmp_path, a="\n".join(rows))


def test_depth_by_references_is_limited(tmp_path: Path) -> None:
    rows = [f"a{n}: [[[{{$ref: '#/a{n + 1}'}}]]]" for n in range(30)]
    with pytest.raises(ModelOnexError, match="nests more than 64 levels"):
        data(tmp_path, a="\n".join([*rows, "a30: 1"]))


@pytest.mark.parametrize("backwards", [False, True])
def test_chains_are_followed_up_to_a_length(tmp_path: Path, backwards: bool) -> None:
    rows = [f"a{n:03}: {{$ref: '#/a{n + 1:03}'}}" for n in range(500)]
    rows.append("a500: 1")
    if backwards:
        found = data(tmp_path, a="\n".join(reversed(rows)))
        assert isinstance(found, dict)
        assert set(found.values()) == {1}
    else:
        with pytest.raises(ModelOnexError, match="chain of more than 32 references"):
            data(tmp_path, a="\n".join(rows))


def test_the_number_of_files_is_limited(tmp_path: Path) -> None:
    texts = {f"f{n}": str(n) for n in range(5)}
    path = files(tmp_path, a="\n".join(f"- {{$ref: {name}.yaml}}" for name in texts), **texts)
    assert read_document(path, limits=Limits(files=6)).data == [0, 1, 2, 3, 4]
    with pytest.raises(ModelOnexError, match=":5:10: more than 5 files belong to the document"):
        read_document(path, limits=Limits(files=5))


def test_the_widest_limits_fit_on_the_stack(tmp_path: Path) -> None:
    deep = "[" * 60 + "{$ref: '#/c00'}" + "]" * 60
    rows = [f"c{n:02}: {{k: {{$ref: '#/c{n + 1:02}'}}}}" for n in range(30)]
    text = "\n".join([f"a: {deep}", *rows, "c30: 1"])
    found = read_document(files(tmp_path, a=text), limits=Limits(depth=100)).data
    assert str(found).count("[") == 60
    with pytest.raises(ModelOnexError, match="nests more than 64 levels"):
        read_document(tmp_path / "a.yaml")


def test_what_is_shared_counts_as_deep_as_it_stands(tmp_path: Path) -> None:
    with pytest.raises(ModelOnexError, match="nests more than 64 levels"):
        data(
            tmp_path,
            a=f"a: {'[' * 40}{']' * 40}\nb: {{$ref: '#/a'}}\nc: {'[' * 40}"
            "{$ref: '#/a'}" + "]" * 40,
        )
