"""The command that plants faults."""

from collections import Counter
from typing import Any

_KEYS = ("member", "operator", "was", "becomes")


def _entries(name: str, document: Any, *verdicts: str) -> list[dict[str, Any]]:
    seen: Counter[tuple[str, ...]] = Counter()
    entries = []
    for each in document["mutants"]:
        place = tuple(each[key] for key in _KEYS)
        seen[place] += 1
        if each["verdict"] in verdicts:
            facts = {"module": name, "reason": "nobody can", "occurrence": seen[place]}
            entries.append({**dict(zip(_KEYS, place, strict=True)), **facts})
    return entries


def test_mutants_are_judged_remembered_and_listed(pinned_project: Any) -> None:
    module = pinned_project.till.relative_to(pinned_project.folder / "src").with_suffix("")
    name = ".".join(module.parts)
    done = pinned_project.carve("mutate", name)
    assert done.code == 1, done.err
    assert "pin what they change, or list them in equivalent.yaml with a reason" in done.out
    document = pinned_project.carve("mutate", name, "--json").document
    assert document["totals"]["mutants"] == len(document["mutants"])
    left = [each for each in document["mutants"] if each["verdict"] in ("survived", "not covered")]
    assert len(left) == document["open"] > 0
    assert all(each["diff"].startswith("--- a/") for each in left)
    assert all(each["cached"] for each in document["mutants"] if each["verdict"] != "not covered")

    listed = pinned_project.folder / "characterization" / "equivalent.yaml"
    entries = _entries(name, document, "survived", "not covered")
    listed.write_text(repr(entries))
    found = pinned_project.carve("mutate", name, "--bar", "0")
    assert found.code == 0, found.out
    assert "nothing open" in found.out
    assert pinned_project.carve("mutate", name, "--bar", "100").code == 1
    listed.write_text(repr(entries + _entries(name, document, "killed")[:1]))
    stale = pinned_project.carve("mutate", name, "--bar", "0")
    assert stale.code == 1
    assert "is listed as equivalent but was noticed" in stale.out


def test_a_module_that_does_not_exist_is_refused(pinned_project: Any) -> None:
    done = pinned_project.carve("mutate", "no.such")
    assert done.code == 2
    assert "there is no module 'no.such' below src" in done.err
