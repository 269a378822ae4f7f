"""The parts of a schema reference."""

from dataclasses import dataclass


@dataclass
class ModelRefInfo:
    """Which file a reference points into and which type it names there."""

    file_path: str
    type_name: str
    is_internal: bool = False
    is_subcontract: bool = False
