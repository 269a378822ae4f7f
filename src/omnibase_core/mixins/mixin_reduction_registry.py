"""Registers reduction functions by their type, with the common ones built in."""

import functools
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput

if TYPE_CHECKING:
    from uuid import UUID


class MixinReductionRegistry:
    """Registers reduction functions by their type, with the common ones built in.

    Needs `self._detect_dependency_cycles`, `self.node_id` from the class that it is
    mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

        def _detect_dependency_cycles(
            self,
            graph_data: list[tuple[str, list[str]]],
        ) -> dict[str, Any]: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `reduction_functions`."""
        super().__init__(*args, **kwargs)
        # The coroutine function in charge of each reduction type.
        self.reduction_functions: dict[EnumReductionType, Callable[..., Awaitable[Any]]] = {}

    def register_reduction_function(
        self,
        reduction_type: EnumReductionType,
        function: Callable[..., Awaitable[Any]],
    ) -> None:
        """Put a function in charge of a reduction type that has none yet.

        Args:
            reduction_type: The type that the function is for.
            function: A coroutine function that takes the items, the input and the conflict
                resolver, and returns the result.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the type has a function already, built in or
                registered before, or if the function cannot be called.
        """
        if reduction_type in self.reduction_functions:
            raise ModelOnexError(
                message=f"Reduction type already registered: {reduction_type.value}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "reduction_type": reduction_type.value,
                },
            )

        if not callable(function):
            raise ModelOnexError(
                message=f"Reduction function must be callable: {reduction_type.value}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "reduction_type": reduction_type.value,
                },
            )

        self.reduction_functions[reduction_type] = function

        emit_log_event(
            LogLevel.INFO,
            f"Reduction function registered: {reduction_type.value}",
            {
                "node_id": self.node_id,
                "reduction_type": reduction_type.value,
            },
        )

    def _register_builtin_reducers(self) -> None:
        """Put the functions for folds, aggregations, normalizations and merges into the table.

        All are closures over the node, so that they find the helper methods that a subclass
        has replaced.
        """

        async def fold_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> Any:
            """Fold the items from left to right into one value.

            Args:
                data: The items.
                input_data: Names the step function in `reducer_function` and the value to start
                    from in `accumulator_init`.
                conflict_resolver: Not used, since a fold knows no keys.

            Returns:
                The last value of the fold. Without a named function the sum of the items if all
                are numbers, else the last item; neither takes the accumulator into account.

            Raises:
                ModelOnexError: VALIDATION_ERROR for a name that no step function has.
            """
            if not data:
                return input_data.accumulator_init

            if input_data.reducer_function:
                step = self._get_reducer_function(input_data.reducer_function)
                if step is None:
                    raise ModelOnexError(
                        message=f"Unknown reducer function: {input_data.reducer_function}",
                        error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                        context={"node_id": self.node_id},
                    )
                return functools.reduce(step, data, input_data.accumulator_init)

            # Truth values are numbers too, so a list of them is counted.
            if all(isinstance(item, (int, float)) for item in data):
                return sum(data)

            return data[-1]

        async def aggregate_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> dict[str, Any]:
            """Group the items and work out figures for each group.

            Args:
                data: The items, mappings as a rule.
                input_data: Names the field or the fields of the group in `group_key`. Without
                    any, all items are one group.
                conflict_resolver: Not used, since groups are made to share their key.

            Returns:
                For each group the number of items and the items themselves, with sum, average,
                lowest and highest value of each field that is a number in the first item.

            Raises:
                TypeError: If the value of a group field cannot be a key.
                AttributeError: If a group with figures has an item without fields.
            """
            if not data:
                return {}

            groups: dict[Any, list[Any]] = {}
            for item in data:
                group_key: Any
                if not input_data.group_key:
                    group_key = "default"
                elif isinstance(input_data.group_key, str):
                    group_key = (
                        item.get(input_data.group_key, "default")
                        if hasattr(item, "get")
                        else "default"
                    )
                else:
                    # Several fields make one key: the text of all their values.
                    group_key = str(
                        tuple(
                            item.get(field, "default") if hasattr(item, "get") else "default"
                            for field in input_data.group_key
                        )
                    )

                if group_key not in groups:
                    groups[group_key] = []
                groups[group_key].append(item)

            result: dict[str, Any] = {}
            for group_key, items in groups.items():
                aggregated: dict[str, Any] = {"count": len(items), "items": items}

                # The first item stands for the group: what is a number there is worked out.
                first_item = items[0]
                if isinstance(first_item, dict):
                    for field, first_value in first_item.items():
                        if not isinstance(first_value, (int, float)):
                            continue

                        values = [
                            item.get(field)
                            for item in items
                            if isinstance(item.get(field), (int, float))
                        ]
                        aggregated[f"{field}_sum"] = sum(values)
                        aggregated[f"{field}_avg"] = sum(values) / len(values)
                        aggregated[f"{field}_min"] = min(values)
                        aggregated[f"{field}_max"] = max(values)

                result[str(group_key)] = aggregated

            return result

        async def normalize_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> list[Any]:
            """Make the scores of the items comparable with each other.

            Args:
                data: The items. New fields are written into those that are mappings with a
                    score.
                input_data: Names the field of the score and the method in its metadata, as
                    `score_field` and `normalization_method`; wrapped or raw.
                conflict_resolver: Not used, since every item keeps to itself.

            Returns:
                The same items in the same order.
            """
            if not data:
                return []

            metadata: dict[str, Any] = dict(input_data.metadata or {})
            score_field: Any = metadata.get("score_field", "score")
            method: Any = metadata.get("normalization_method", "min_max")

            # Values come wrapped from the public methods and raw from callers that assign
            # metadata of their own.
            if isinstance(score_field, ModelSchemaValue):
                score_field = score_field.to_value()
            if isinstance(method, ModelSchemaValue):
                method = method.to_value()

            scored_items = [
                item
                for item in data
                if isinstance(item, dict) and isinstance(item.get(score_field), (int, float))
            ]

            # Without a single score there is nothing to compare.
            if not scored_items:
                return data

            if method == "min_max":
                scores = [item[score_field] for item in scored_items]
                lowest = min(scores)
                highest = max(scores)
                score_range = highest - lowest

                for item in scored_items:
                    if score_range == 0:
                        # Where all are equal, everybody stands in the middle.
                        item[f"{score_field}_normalized"] = 0.5
                    else:
                        item[f"{score_field}_normalized"] = (
                            item[score_field] - lowest
                        ) / score_range

            elif method == "rank":
                ranked_items = sorted(
                    scored_items, key=lambda item: item[score_field], reverse=True
                )
                total_ranked = len(ranked_items)

                for rank, item in enumerate(ranked_items, 1):
                    item[f"{score_field}_rank"] = rank
                    item[f"{score_field}_percentile"] = (total_ranked - rank + 1) / total_ranked

            return data

        async def merge_reducer(
            data: list[Any],
            input_data: ModelReducerInput[Any],
            conflict_resolver: ModelConflictResolver,
        ) -> Any:
            """Merge the items into one of their kind.

            Args:
                data: The items.
                input_data: May ask for the detection of cycles in its metadata, as
                    `graph_operation`.
                conflict_resolver: Decides between two values for one key.

            Returns:
                One mapping if all items are mappings, one list if all are lists, else the last
                item; or the findings of the detection of cycles if that was asked for.

            Raises:
                ModelOnexError: VALIDATION_ERROR if the resolver refuses a conflict.
            """
            if not data:
                return {}

            if input_data.metadata:
                graph_operation = input_data.metadata.get("graph_operation")
                if graph_operation is not None and graph_operation.to_value() == "cycle_detection":
                    return self._detect_dependency_cycles(data)

            if all(isinstance(item, dict) for item in data):
                merged: dict[Any, Any] = {}
                for item in data:
                    for key, value in item.items():
                        if key in merged:
                            merged[key] = conflict_resolver.resolve(merged[key], value, key)
                        else:
                            merged[key] = value
                return merged

            if all(isinstance(item, list) for item in data):
                concatenated: list[Any] = []
                for item in data:
                    concatenated.extend(item)
                return concatenated

            return data[-1]

        self.reduction_functions[EnumReductionType.FOLD] = fold_reducer
        self.reduction_functions[EnumReductionType.AGGREGATE] = aggregate_reducer
        self.reduction_functions[EnumReductionType.NORMALIZE] = normalize_reducer
        self.reduction_functions[EnumReductionType.MERGE] = merge_reducer

    def _get_reducer_function(self, func_name: str) -> Callable[[Any, Any], Any] | None:
        """Return the step function of a fold by its name.

        Each function leaves the value so far as it is when the two values do not fit together,
        so that one odd item does not spoil the whole fold.

        Args:
            func_name: `sum`, `max`, `min`, `concat`, `append` or `extend`.

        Returns:
            A function of the value so far and the next item, or None if the name is unknown.
        """

        def both_numbers(x: Any, y: Any) -> bool:
            """Tell whether two values can be reckoned with."""
            return isinstance(x, (int, float)) and isinstance(y, (int, float))

        def add(x: Any, y: Any) -> Any:
            """Add two numbers."""
            return x + y if both_numbers(x, y) else x

        def keep_highest(x: Any, y: Any) -> Any:
            """Keep the higher of two numbers."""
            return max(x, y) if both_numbers(x, y) else x

        def keep_lowest(x: Any, y: Any) -> Any:
            """Keep the lower of two numbers."""
            return min(x, y) if both_numbers(x, y) else x

        def join_texts(x: Any, y: Any) -> Any:
            """Join two texts without anything in between."""
            return x + y if isinstance(x, str) and isinstance(y, str) else x

        def append_item(x: Any, y: Any) -> Any:
            """Append an item to a list; whatever is no list becomes the head of one."""
            return [*x, y] if isinstance(x, list) else [x, y]

        def extend_list(x: Any, y: Any) -> Any:
            """Join two lists."""
            return x + y if isinstance(x, list) and isinstance(y, list) else x

        functions: dict[str, Callable[[Any, Any], Any]] = {
            "sum": add,
            "max": keep_highest,
            "min": keep_lowest,
            "concat": join_texts,
            "append": append_item,
            "extend": extend_list,
        }

        return functions.get(func_name)
