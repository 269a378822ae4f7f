"""The draft holds steps that the engine accepts, and says of all other members why they stay."""

from pathlib import Path

import yaml
from shelves import BASKET, REF, REPORT, SHOP, STAMPS, shop

from carve.plan.load import build_plan, load_plan
from carve.plan.refs import ClassRef
from carve.run.chain import preview
from carve.suggest.draft import Draft, Proposal, draft
from carve.suggest.plan_text import Header, plan_of, plan_text
from carve.suggest.suggestion import Suggestion, suggest
from carve.workspace import Workspace


def drafted(workspace: Workspace, *members: str) -> Draft:
    target = ClassRef("pkg.mixin_part", "MixinPart")
    return draft(REF, [Proposal(target, members, "Does a part", "it is one")], workspace)


def steps(found: Suggestion) -> dict[str, list[str]]:
    return {each.step["id"]: each.step["members"] for each in found.draft.steps}


def test_each_part_becomes_a_step_that_the_chain_accepts(tmp_path: Path) -> None:
    workspace = shop(tmp_path)
    found = suggest(REF, workspace)
    assert steps(found) == {
        "01-basket": list(BASKET),
        "02-stamps": list(STAMPS),
        "03-report": list(REPORT),
    }
    text = plan_text(found, Header(("src",)))
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    plan = load_plan(tmp_path / "plan.yaml")
    assert plan == build_plan(plan_of(found, Header(("src",))))
    record = preview(tmp_path, tmp_path / "plan.yaml", plan, diffs=False)
    assert [step.state for step in record.steps] == ["planned"] * 3


def test_helpers_go_along_and_idle_imports_are_dropped(tmp_path: Path) -> None:
    found = suggest(REF, shop(tmp_path))
    basket, stamps, report = (each.step for each in found.draft.steps)
    assert basket.get("helpers", ["_LIMIT"]) == ["_LIMIT"]
    assert stamps["drops"] == ["time"]
    assert report["drops"] == ["json"]


def test_imports_that_somebody_takes_stay(tmp_path: Path) -> None:
    found = suggest(REF, shop(tmp_path, user="from pkg.shop import time\n"))
    assert "drops" not in found.draft.steps[1].step


def test_every_member_that_stays_has_one_reason(tmp_path: Path) -> None:
    found = suggest(REF, shop(tmp_path))
    stays = [name for stay in found.draft.stays for name in stay.members]
    moved = [name for names in steps(found).values() for name in names]
    assert sorted([*stays, *moved]) == sorted(found.graph.nodes)
    assert {"__init__", "opened", "currency"} == set(stays)
    text = plan_text(found, Header(("src",)))
    assert "# stays: __init__\n#   it builds all parts" in text


def test_what_a_check_refuses_stays_with_its_reason(tmp_path: Path) -> None:
    text = SHOP.replace("item.price for item", "self.__price(item) for item")
    found = suggest(REF, shop(tmp_path, text))
    refused = next(stay for stay in found.draft.stays if stay.check == "mangled-names")
    assert refused.members == ("basket_total",)
    assert refused.where is not None
    assert refused.where.startswith("src/pkg/shop.py:")
    assert "basket_total" not in steps(found)["01-basket"]


def test_private_methods_that_only_it_uses_come_along(tmp_path: Path) -> None:
    made = drafted(shop(tmp_path), "export_report", "_report_rows")
    step = made.steps[0]
    assert step.added == ("_report_header",)
    assert step.step["members"] == ["export_report", "_report_rows", "_report_header"]


def test_a_user_of_a_constant_that_is_computed_moves(tmp_path: Path) -> None:
    made = drafted(shop(tmp_path, SHOP.replace("_LIMIT = 3", "_LIMIT = max(2, 3)")), *BASKET)
    # The constant stays where it is computed; who uses it looks it up when it runs.
    assert "add_to_basket" in made.steps[0].step["members"]
    assert made.steps[0].step.get("helpers") is None
    assert made.stays == ()


def test_a_class_that_is_not_plain_keeps_everything(tmp_path: Path) -> None:
    found = suggest(
        REF, shop(tmp_path, SHOP.replace("class Shop", "@dataclass(slots=True)\nclass Shop"))
    )
    assert found.draft.steps == ()
    assert any(stay.check == "class-shape" for stay in found.draft.stays)
    text = plan_text(found, Header(("src",)))
    assert yaml.safe_load(text) is None


def test_names_that_are_in_use_are_left_alone(tmp_path: Path) -> None:
    found = suggest(REF, shop(tmp_path, mixin_basket="taken = True\n"))
    assert "pkg.mixin_basket:MixinBasket" not in [group.target for group in found.groups]


def test_mixins_go_to_a_package_of_that_name_or_where_it_is_said(tmp_path: Path) -> None:
    workspace = shop(tmp_path, **{"mixins/__init__": "", "parts/__init__": ""})
    near = {group.target.rpartition(".")[0] for group in suggest(REF, workspace).groups}
    assert near == {"pkg.mixins"}
    said = suggest(REF, workspace, package="pkg.parts")
    assert {group.target.rpartition(".")[0] for group in said.groups} == {"pkg.parts"}


def test_hostile_names_do_not_break_the_plan(tmp_path: Path) -> None:
    text = SHOP.replace("stamp", "no").replace("basket", "größe")
    found = suggest(REF, shop(tmp_path, text))
    plan = plan_text(found, Header(("src",), exclude=("a: b", "# c", "x*")))
    assert found.draft.steps
    assert yaml.safe_load(plan) == plan_of(found, Header(("src",), exclude=("a: b", "# c", "x*")))
