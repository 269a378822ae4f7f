"""A JSON encoder for log contexts."""

import json
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class PydanticJSONEncoder(json.JSONEncoder):
    """Encodes models, UUIDs and objects with `to_dict`; refuses everything else."""

    def default(self, o: Any) -> Any:
        """Return something encodable in place of `o`."""
        if isinstance(o, BaseModel):
            return o.model_dump()
        if isinstance(o, UUID):
            return str(o)
        if hasattr(o, "to_dict"):
            return o.to_dict()
        return super().default(o)
