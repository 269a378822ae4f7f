"""The kinds of thing a contract can depend on."""

from enum import Enum


class EnumDependencyType(Enum):
    """What a declared dependency refers to."""

    PROTOCOL = "protocol"
    SERVICE = "service"
    MODULE = "module"
    EXTERNAL = "external"
