"""The kinds of things that carry a metadata block."""

from enum import Enum


class EnumMetaType(str, Enum):
    """What a metadata block describes."""

    TOOL = "tool"
    VALIDATOR = "validator"
    AGENT = "agent"
    MODEL = "model"
    PLUGIN = "plugin"
    SCHEMA = "schema"
    NODE = "node"
    IGNORE_CONFIG = "ignore_config"
    PROJECT = "project"
    UNKNOWN = "unknown"
