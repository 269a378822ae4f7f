"""The stages in the life of a described thing."""

from enum import Enum


class EnumLifecycleState(str, Enum):
    """Whether something is to be used yet, or still."""

    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    ARCHIVED = "archived"
