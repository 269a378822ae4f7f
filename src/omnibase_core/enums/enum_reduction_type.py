"""The reductions a reducer node can be asked for."""

from enum import Enum


class EnumReductionType(Enum):
    """How many items become one result."""

    FOLD = "fold"
    ACCUMULATE = "accumulate"
    MERGE = "merge"
    AGGREGATE = "aggregate"
    NORMALIZE = "normalize"
    DEDUPLICATE = "deduplicate"
    SORT = "sort"
    FILTER = "filter"
    GROUP = "group"
    TRANSFORM = "transform"
