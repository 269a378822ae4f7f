"""Plans that do not fit the repository are refused before a step is planned."""

from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.plan.load import load_plan
from carve.plan.model import Plan
from carve.plan.tree import check_tree

_STEPS = """\
steps:
  - id: a
    do: extract_mixin
    from: pkg.mod:God
    to: TARGET
    members: [x]
    why: because
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    for name in ("src/pkg", "lib/other", "pins", "base"):
        (folder / name).mkdir(parents=True)
    (folder / "src/pkg/mod.py").write_text("", encoding="utf-8")
    (folder / "registry.yaml").write_text("", encoding="utf-8")
    return folder


def plan(repo: Path, head: str = "", target: str = "pkg.mixins.m:M") -> Plan:
    path = repo / "plan.yaml"
    text = f"format: 1\n{head}{_STEPS}".replace("TARGET", target)
    path.write_text(text, encoding="utf-8")
    return load_plan(path)


def told(repo: Path, head: str = "", target: str = "pkg.mixins.m:M") -> tuple[str, str | None]:
    with pytest.raises(CarveError, match=r"\w") as caught:
        check_tree(plan(repo, head, target), repo)
    where = caught.value.where
    assert where is not None
    assert where.path == (repo / "plan.yaml").as_posix()
    return f"{where.line}:{where.column} {caught.value.message}", caught.value.instead


_FROM_REPO = "name it from the repository on"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "roots: [.]\n",
        "roots: [src, lib/]\nbaseline: base\nregistry: registry.yaml\nverify: {pins: pins}\n",
    ],
)
def test_plan_that_fits(repo: Path, head: str) -> None:
    check_tree(plan(repo, head, "lib.m:M" if "[.]" in head else "pkg.m:M"), repo)


@pytest.mark.parametrize(
    ("head", "message", "instead"),
    [
        (
            "roots: [src, scr]\n",
            "2:14 roots: there is no folder 'scr' in the repository",
            "did you mean 'src'?",
        ),
        ("roots: [/src]\n", "2:9 roots: '/src' is not a relative path with '/'", _FROM_REPO),
        ("roots: ['C:/x']\n", "2:9 roots: 'C:/x' is not a relative path with '/'", _FROM_REPO),
        ("roots: [~/x]\n", "2:9 roots: '~/x' is not a relative path with '/'", _FROM_REPO),
        ("roots: ['a\\b']\n", "2:9 roots: 'a\\\\b' is not a relative path with '/'", _FROM_REPO),
        ("roots: [../repo/src]\n", "2:9 roots: '../repo/src' climbs with '..'", _FROM_REPO),
        ("baseline: x/..\n", "2:11 baseline: 'x/..' climbs with '..'", _FROM_REPO),
        (
            "baseline: nowhere/at/all\n",
            "2:11 baseline: there is no folder 'nowhere/at/all' in the repository",
            "create it",
        ),
        (
            "registry: src\n",
            "2:11 registry: there is no file 'src' in the repository",
            "create it",
        ),
        (
            "verify: {pins: pinz}\n",
            "2:16 pins: there is no folder 'pinz' in the repository",
            "did you mean 'pins'?",
        ),
    ],
)
def test_paths_that_do_not_fit(repo: Path, head: str, message: str, instead: str) -> None:
    assert told(repo, head) == (message, instead)


def test_name_that_is_too_long_is_missing(repo: Path) -> None:
    message, _ = told(repo, f"baseline: {'x' * 300}\n")
    assert message.endswith("in the repository")


def test_link_out_of_the_repository(repo: Path) -> None:
    outside = repo.parent / "outside"
    outside.mkdir()
    (repo / "link").symlink_to(outside)
    message, instead = told(repo, "baseline: link\n")
    assert message == "2:11 baseline: 'link' leads out of the repository"
    assert instead == "name a path that stays in it"


def test_link_within_the_repository_is_fine(repo: Path) -> None:
    (repo / "link").symlink_to(repo / "base")
    check_tree(plan(repo, "baseline: link\n"), repo)


def test_links_in_a_circle(repo: Path) -> None:
    (repo / "one").symlink_to("two")
    (repo / "two").symlink_to("one")
    message, _ = told(repo, "baseline: one\n")
    assert message == "2:11 baseline: there is no folder 'one' in the repository"


def test_target_in_an_unknown_package(repo: Path) -> None:
    assert told(repo, target="pgk.m:M") == (
        "6:9 step 'a': the package 'pgk' is in none of src",
        "did you mean 'pkg'?",
    )


def test_target_in_any_root_is_fine(repo: Path) -> None:
    check_tree(plan(repo, "roots: [src, lib]\n", "other.m:M"), repo)


def test_target_without_package_lies_in_the_root(repo: Path) -> None:
    check_tree(plan(repo, target="mixin:M"), repo)


def test_target_behind_a_link_out_of_the_repository(repo: Path) -> None:
    outside = repo.parent / "outside"
    outside.mkdir()
    (repo / "src/away").symlink_to(outside)
    assert told(repo, target="away.m:M")[0] == (
        "6:9 step 'a': src/away/m.py leads out of the repository"
    )


def test_several_problems_are_counted(repo: Path) -> None:
    message, _ = told(repo, "baseline: /a\n", "nope.m:M")
    assert message.endswith("(and 1 more)")


def test_repository_that_is_not_there(repo: Path) -> None:
    with pytest.raises(CarveError, match="the repository is not a folder"):
        check_tree(plan(repo), repo / "nowhere")
