"""A message as the subscriber of a topic gets it."""

from dataclasses import dataclass


@dataclass(slots=True)
class TopicMessage:
    """Bytes under a topic, and whether somebody has taken charge of them."""

    topic: str
    value: bytes
    key: bytes | None = None
    acknowledged: bool = False

    async def ack(self) -> None:
        """Take charge of the message."""
        self.acknowledged = True
