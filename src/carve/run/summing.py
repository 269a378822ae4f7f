"""What a plan comes to once all of its steps are done, read from the commits that hold them."""

import json
from collections.abc import Iterator, Sequence

from carve.plan.model import Plan, StepSpec
from carve.report.faults import KILLED
from carve.report.model import FinalRecord, StepRecord
from carve.report.summary import Merged, Mutants, Part, Summary
from carve.repository import Repository
from carve.run.hashes import blob_hash
from carve.run.moving import givers
from carve.source.roots import name_of, paths_of

__all__ = ["summary_of"]

_MAKING_MIXINS = ("extract_mixin", "merge_members")


def summary_of(
    repository: Repository,
    plan: Plan,
    before: str | None,
    steps: Sequence[StepRecord],
    final: FinalRecord | None,
) -> Summary | None:
    """Return what `steps` come to; None unless they are all of the plan and all done.

    `before` is the commit of the tree before the first step.
    """
    done = len(steps) == len(plan.steps) and all(step.commit for step in steps)
    if not done or before is None:
        return None
    commits = _Commits(repository, plan, before, steps)
    held = _held(final, steps)
    return Summary(
        parts=tuple(commits.parts()),
        deleted=tuple(commits.deleted()),
        merged=commits.merged(),
        pins=held[0],
        pins_of=held[1],
        tests=held[2],
        mutants=commits.mutants(),
    )


def _held(
    final: FinalRecord | None, steps: Sequence[StepRecord]
) -> tuple[int | None, int | None, str | None]:
    last = next((step for step in reversed(steps) if step.pins is not None), None)
    tests = next((step.tests for step in reversed(steps) if step.tests is not None), None)
    pins, of = (last.pins, last.pins_of) if last is not None else (None, None)
    if final is not None and final.pins is not None:
        pins = of = final.pins
    return pins, of, (final.tests if final is not None else None) or tests


class _Commits:
    """The trees before the first step and after each."""

    def __init__(
        self, repository: Repository, plan: Plan, before: str, steps: Sequence[StepRecord]
    ) -> None:
        self._repository = repository
        self._plan = plan
        self._before = before
        self._steps = steps
        self._after = str(steps[-1].commit)
        self._known: dict[tuple[str, str], int] = {}

    def parts(self) -> Iterator[Part]:
        taken = self._taken()
        yield Part("taken apart", len(taken), *self._sums(taken))
        made = self._made()
        mixins = [path for path in made if path in self._mixins()]
        others = [path for path in made if path not in mixins]
        yield Part("mixins", len(mixins), *self._sums(mixins))
        if others:
            yield Part("other new", len(others), *self._sums(others))

    def deleted(self) -> Iterator[Part]:
        for spec, step in zip(self._plan.steps, self._steps, strict=True):
            if spec.do != "delete_module":
                continue
            for path in step.files:
                lines = self._lines(f"{step.commit}^", path)
                if path.endswith(".py") and lines and not self._lines(str(step.commit), path):
                    yield Part(name_of(path, self._plan.roots), 1, lines, 0)

    def merged(self) -> Merged | None:
        was = now = 0
        for spec, step in zip(self._plan.steps, self._steps, strict=True):
            if spec.do == "merge_members":
                was += step.lines
                made = self._made_by(spec, step)
                now += sum(self._lines(str(step.commit), path) for path in made)
        return Merged(was, now) if was else None

    def mutants(self) -> Mutants | None:
        planted = noticed = 0
        for path in self._taken():
            raw = self._repository.show(self._before, path)
            for verdict in _verdicts(self._repository, name_of(path, self._plan.roots), raw):
                planted += 1
                noticed += verdict in KILLED
        return Mutants(planted, noticed) if planted else None

    def _taken(self) -> list[str]:
        """Return the files, as they were before the first step, of the classes that give."""
        modules = dict.fromkeys(host.module for spec in self._plan.steps for host in givers(spec))
        found = [self._there(module) for module in modules]
        return [path for path in found if path]

    def _there(self, module: str) -> str:
        paths = paths_of(module, self._plan.roots)
        return next((path for path in paths if self._lines(self._before, path)), "")

    def _made(self) -> list[str]:
        written = sorted({path for step in self._steps for path in step.files})
        python = [path for path in written if path.endswith(".py")]
        return [
            path
            for path in python
            if self._lines(self._after, path) and not self._lines(self._before, path)
        ]

    def _mixins(self) -> set[str]:
        pairs = zip(self._plan.steps, self._steps, strict=True)
        return {path for spec, step in pairs for path in self._made_by(spec, step)}

    def _made_by(self, spec: StepSpec, step: StepRecord) -> list[str]:
        if spec.made is None or spec.do not in _MAKING_MIXINS:
            return []
        wanted = {*paths_of(spec.made.module, self._plan.roots)}
        return [path for path in step.files if path in wanted]

    def _sums(self, paths: Sequence[str]) -> tuple[int, int]:
        before = sum(self._lines(self._before, path) for path in paths)
        return before, sum(self._lines(self._after, path) for path in paths)

    def _lines(self, commit: str, path: str) -> int:
        if (commit, path) not in self._known:
            raw = self._repository.show(commit, path)
            self._known[commit, path] = len((raw or b"").splitlines())
        return self._known[commit, path]


def _verdicts(repository: Repository, module: str, raw: bytes | None) -> list[str]:
    """Return what the last run of mutants on the same text of the module came to."""
    path = repository.common_dir / "carve" / "mutants" / f"{module}.last.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    same = data.get("blob") == blob_hash(raw)
    return [each["verdict"] for each in data.get("mutants", ())] if same else []
