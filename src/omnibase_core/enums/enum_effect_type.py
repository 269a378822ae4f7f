"""The kinds of side effect an effect node can be asked for."""

from enum import Enum


class EnumEffectType(Enum):
    """What an effect does to the world outside the node."""

    FILE_OPERATION = "file_operation"
    DATABASE_OPERATION = "database_operation"
    API_CALL = "api_call"
    EVENT_EMISSION = "event_emission"
    DIRECTORY_OPERATION = "directory_operation"
    TICKET_STORAGE = "ticket_storage"
    METRICS_COLLECTION = "metrics_collection"
