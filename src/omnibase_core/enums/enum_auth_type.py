"""The ways to authenticate with an external service."""

from enum import Enum


class EnumAuthType(str, Enum):
    """How a caller proves who it is."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"
    OAUTH2 = "oauth2"
    JWT = "jwt"
    API_KEY = "api_key"
    API_KEY_HEADER = "api_key_header"
    MTLS = "mtls"
    DIGEST = "digest"
    CUSTOM = "custom"
