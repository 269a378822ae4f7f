"""Conditions: those of steps, those that every node has, and those that callers register."""

from typing import Any

from scenarios.orchestrator.conftest import CUSTOM, loose, states, step, workflow

from omnibase_core.enums.enum_workflow_execution import EnumBranchCondition

RESULTS = {
    "none": [],
    "executed": [{"status": "executed"}],
    "failed": [{"status": "executed"}, {"status": "failed"}],
    "other_status": [{"status": "Executed"}],
    "no_status": [{"status": "executed"}, {}],
    "text": ["executed"],
    "nothing": [None],
    "last_counts": [None, {"status": "executed"}],
}


def test_evaluate(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: what is not decided yet counts as true; functions are for `custom`."""
    node, told = make_node(), {}
    calls: list[Any] = []

    def function(*given: Any) -> Any:
        calls.append([given[0].condition, given[1]])
        return []

    for condition in (None, *EnumBranchCondition):
        answers = []
        for decides in (None, function):
            asked = step("asked", condition=condition, condition_function=decides)
            answers.append(clock.run(node._evaluate_condition(asked, ["result"])))
        told[str(condition)] = answers
    pinned.check({"without and with a function": told, "calls": calls})


def test_answers_of_functions(make_node: Any, pinned: Any, clock: Any) -> None:
    """Whatever a function answers is taken for true or false."""
    node, told = make_node(), {}
    for answer in (True, 0, "text", None, [0], {}):
        asked = step("asked", condition=CUSTOM, condition_function=lambda *_, told=answer: told)
        told[repr(answer)] = clock.run(node._evaluate_condition(asked, []))
    pinned.check(told)


def test_function_that_is_async(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: nobody waits for the answer, and a coroutine counts as true."""
    node, made = make_node(), []

    async def never(_step: Any, _results: Any) -> bool:
        return False

    def keeping(*given: Any) -> Any:
        made.append(never(*given))
        return made[-1]

    asked = step("asked", condition=CUSTOM, condition_function=keeping)
    seen = pinned.observe(lambda: node._evaluate_condition(asked, []))
    made[0].close()
    pinned.check(seen)


def test_builtin(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: before any result the previous step counts as a success."""
    asked = step("asked")
    told = {}
    for name, function in make_node().condition_functions.items():
        told[name] = {kind: function(asked, results) for kind, results in RESULTS.items()}
    pinned.check(told)


def test_register(make_node: Any, pinned: Any) -> None:
    """It joins the table at its end and is announced."""
    node = make_node()

    def mine(_step: Any, _results: Any) -> bool:
        return True

    seen = pinned.observe(lambda: node.register_condition_function("mine", mine))
    seen["table"] = list(node.condition_functions)
    seen["same"] = node.condition_functions["mine"] is mine
    pinned.check(seen)


def test_register_refused(make_node: Any, pinned: Any) -> None:
    """The name is looked at before the function; the table stays as it was."""
    node, told = make_node(node_id="node-7"), {}
    before = dict(node.condition_functions)
    for name, function in (
        ("always_true", bool),
        ("always_true", None),
        ("mine", None),
        ("mine", "text"),
    ):
        told[f"{name} {function}"] = pinned.observe(
            lambda name=name, function=function: node.register_condition_function(name, function)
        )
    pinned.check({**told, "unchanged": node.condition_functions == before})


def test_register_twice_and_odd_names(make_node: Any, pinned: Any) -> None:
    """Anything that can be a key is a name, and anything that can be called a function."""
    node = make_node()
    told = [
        pinned.observe(lambda name=name: node.register_condition_function(name, bool))
        for name in ("mine", "mine", "", None, 7)
    ]
    pinned.check({"told": told, "table": [repr(name) for name in node.condition_functions]})


def test_registered_ones_are_not_consulted(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a workflow only asks the function that its step brings along."""
    calls: list[Any] = []
    node = make_node()
    node.register_condition_function("only", lambda *given: calls.append(given))
    steps = loose("only", "always_false")
    for each in steps:
        each.condition = CUSTOM
    seen = pinned.observe(lambda: node.process(workflow(*steps)))
    seen["outcome"] = seen.value.steps_completed
    seen["calls"] = calls
    seen["steps"] = states(*steps)
    pinned.check({"completed": seen["outcome"], "calls": calls, "steps": seen["steps"]})


def test_builtin_as_function_of_a_step(make_node: Any, pinned: Any) -> None:
    """Callers take them from the table and put them into their steps."""
    node, told = make_node(), {}
    for name, function in list(node.condition_functions.items()):
        steps = loose("first", "second")
        for each in steps:
            each.condition, each.condition_function = CUSTOM, function
        pinned.observe(lambda steps=steps: node.process(workflow(*steps)))
        told[name] = states(*steps)
    pinned.check(told)
