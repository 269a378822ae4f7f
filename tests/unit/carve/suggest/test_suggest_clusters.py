"""Clusters are found, are the same each time, say how sure they are, and have names."""

import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from shelves import BASKET, REPORT, SHOP, STAMPS, graph_of, shop

from carve.plan.load import load_plan
from carve.plan.refs import ClassRef
from carve.run.before import before_tree
from carve.suggest.clusters import Cluster, best_jaccard, clusters
from carve.suggest.graph import Node
from carve.suggest.likeness import Likeness, likeness
from carve.suggest.louvain import louvain
from carve.suggest.naming import capabilities
from carve.suggest.order import in_dependency_order
from carve.suggest.words import cosine, stem, words_of

ROOT = Path(__file__).parents[4]


def node(name: str, kind: str = "method") -> Node:
    return Node(name, kind, 1, 1, Counter())  # type: ignore[arg-type]


def test_the_three_parts_of_a_class_are_found(tmp_path: Path) -> None:
    found = clusters(likeness(graph_of(shop(tmp_path))))
    assert {BASKET, STAMPS, REPORT} <= {cluster.members for cluster in found}
    assert all(cluster.stability > 0.9 for cluster in found if len(cluster.members) > 2)


def test_every_member_is_in_exactly_one_cluster(tmp_path: Path) -> None:
    like = likeness(graph_of(shop(tmp_path)))
    for resolution in (0.2, 1.0, 5.0):
        members = [name for each in clusters(like, resolution) for name in each.members]
        assert sorted(members) == sorted(like.names)
    assert "__init__" not in like.names


def test_nothing_is_clustered_where_there_is_nothing() -> None:
    assert clusters(Likeness((), {})) == ()
    assert [each.members for each in clusters(Likeness(("a", "b"), {}))] == [("a",), ("b",)]


def test_another_order_of_hashes_leads_to_the_same_clusters(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    code = (
        "import sys; from carve.source.members import HostClass; "
        "from carve.source.module import Module; from carve.source.text import Source; "
        "from carve.suggest.clusters import clusters; "
        "from carve.suggest.graph import member_graph; "
        "from carve.suggest.likeness import likeness; "
        "m = Module('shop', Source.decode('shop.py', open(sys.argv[1], 'rb').read())); "
        "print(clusters(likeness(member_graph(HostClass(m, m.class_named('Shop'))))))"
    )
    outcomes = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "shop.py")],
            env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    ("stability", "word"),
    [(1.0, "firm"), (0.85, "firm"), (0.75, "stable"), (0.6, "doubtful"), (0.59, "loose")],
)
def test_stability_has_a_word(stability: float, word: str) -> None:
    assert Cluster(("a",), stability).firmness == word


def test_the_before_tree_of_an_archetype_shows_its_known_parts() -> None:
    """Found by default settings: the parts that the plan of the migration moves."""
    plan = load_plan(ROOT / "migration/plan.yaml")
    ref = ClassRef("omnibase_core.infrastructure.node_effect", "NodeEffect")
    found = clusters(likeness(graph_of(before_tree(ROOT, plan), ref)))
    groups = [frozenset(cluster.members) for cluster in found]
    moved = {step.id: frozenset(step.moved) for step in plan.steps if ref in step.hosts}
    known = [moved["02-contract-references"] | moved["03-contract-loader"] | {"contract_model"}]
    known += [moved["09-transactions"], moved["10-effect-handlers"] - {"_convert_to_scalar_dict"}]
    loading, transactions, handlers = (best_jaccard(part, groups) for part in known)
    assert transactions == 1.0
    assert loading >= 0.75
    # All five are together, with four others that call them.
    assert handlers >= 0.55
    assert any(known[2] <= group for group in groups)


def test_words_of_identifiers() -> None:
    assert words_of("_loadHTTPContract2Model") == ("load", "http", "contract", "model")
    assert words_of("__init__") == ("init",)
    assert words_of("größe_ändern") == ("größe", "ändern")
    assert [stem(word) for word in ("entries", "handlers", "status", "class", "bus")] == [
        *("entry", "handler", "status", "class", "bus")
    ]
    assert cosine({"a": 1.0}, {"a": 2.0}) == 1.0
    assert cosine({"a": 1.0}, {}) == 0.0


def test_clusters_are_called_by_what_their_members_have_in_common() -> None:
    groups = [
        [node("_load_contract"), node("_find_contract_path")],
        [node("effect_handlers", "instance attribute"), node("_register_effect_handlers")],
        [node("__len__"), node("__iter__")],
        [node("a"), node("b")],
    ]
    named = capabilities(groups, host="Effect")
    assert [name.slug for name in named] == ["contract", "effect_handlers", "iter", "part_1"]
    assert named[1].title == "EffectHandlers"


def test_no_name_is_given_twice_or_taken_from_somebody() -> None:
    groups = [[node("load_contract"), node("contract_path")]] * 2
    named = [name.slug for name in capabilities(groups, taken={"contract"})]
    assert len(set(named)) == 2
    assert "contract" not in named
    keyword = capabilities([[node("class_"), node("use_class")]])
    assert keyword[0].slug == "part_1"


def test_what_others_use_goes_first(tmp_path: Path) -> None:
    graph = graph_of(shop(tmp_path))
    groups = [("export_report",), ("_report_header", "_report_rows"), BASKET]
    assert in_dependency_order(graph, groups) == [1, 0, 2]


def test_communities_are_dense_parts_and_the_same_for_the_same_seed() -> None:
    one, other = (list(combinations(range(start, start + 5), 2)) for start in (0, 5))
    weights = {**dict.fromkeys([*one, *other], 1.0), (4, 5): 0.5, (0, 9): 0.0}
    found = louvain(11, weights, 1.0, seed=7)
    assert set(found) == {frozenset(range(5)), frozenset(range(5, 10)), frozenset((10,))}
    assert louvain(11, weights, 1.0, seed=7) == found
    assert len(louvain(11, weights, 0.01, seed=7)) == 2
    assert len(louvain(11, weights, 50.0, seed=7)) == 11
    assert louvain(2, {}, 1.0, seed=7) == [frozenset((0,)), frozenset((1,))]
    assert louvain(0, {}, 1.0, seed=7) == []
