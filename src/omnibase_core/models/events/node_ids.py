"""Ids in events: of nodes that are known by a text, and ids that stay text."""

from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator


def node_id_from_text(text: str) -> UUID:
    """Return the id that `text` spells, or else one made from a digest of it."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(sha256(f"node:{text}".encode()).hexdigest()[:32])


def _id_of(value: object) -> object:
    return node_id_from_text(value) if isinstance(value, str) else value


def _text_of(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


NodeId = Annotated[UUID, BeforeValidator(_id_of)]
TextId = Annotated[str, BeforeValidator(_text_of)]

__all__ = ["NodeId", "TextId", "node_id_from_text"]
