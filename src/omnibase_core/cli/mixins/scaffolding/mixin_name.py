"""The name of a new mixin, and what everything about it is called after that."""

import keyword
import re
from dataclasses import dataclass
from typing import Final

from omnibase_core.cli.request_error import RequestError

__all__ = ["CONTRACTS", "WIDTH", "MixinName", "squashed"]

WIDTH: Final = 99
"""The longest line that the linter of the project lets pass."""

CONTRACTS: Final = "omnibase_core.models.contracts.subcontracts"
"""The package of the models."""

_SNAKE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CAMEL: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_WORD_STARTS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST: Final = WIDTH - len(f"from {CONTRACTS}.model__subcontract import (")


@dataclass(frozen=True, slots=True)
class MixinName:
    """A capability: `rate_limit` as a stem, `RateLimit` in the names of classes."""

    stem: str
    words: str

    @classmethod
    def read(cls, text: str) -> "MixinName":
        """Return the name that `rate_limit`, `RateLimit` or `MixinRateLimit` stands for."""
        if _SNAKE.fullmatch(text):
            stem = text.removeprefix("mixin_").removesuffix("_mixin")
            words = "".join(part[:1].upper() + part[1:] for part in stem.split("_"))
        elif _CAMEL.fullmatch(text):
            words = text[0].upper() + text[1:]
            words = re.sub(r"^Mixin(?=[A-Z0-9])", "", words).removesuffix("Mixin")
            stem = _WORD_STARTS.sub("_", words).lower()
        else:
            raise RequestError(f"{text!r} is no name for a mixin", _spelling(text))
        _refuse_unusable(text, stem, words)
        return cls(stem, words)

    @property
    def key(self) -> str:
        """The module, and the key in the registry."""
        return f"mixin_{self.stem}"

    @property
    def mixin(self) -> str:
        """The class."""
        return f"Mixin{self.words}"

    @property
    def contract(self) -> str:
        """The type of the contract."""
        return f"{self.stem}_subcontract"

    @property
    def model(self) -> str:
        """The class of the settings."""
        return f"Model{self.words}Subcontract"

    @property
    def model_module(self) -> str:
        """The module of the settings."""
        return f"{CONTRACTS}.model_{self.contract}"

    @property
    def settings(self) -> str:
        """The attribute under which a node has its settings."""
        return f"{self.stem}_settings"

    @property
    def method(self) -> str:
        """The one method of the new mixin."""
        return f"describe_{self.stem}"

    @property
    def spoken(self) -> str:
        """The capability within a sentence."""
        return self.stem.replace("_", " ")


def squashed(name: str) -> str:
    """Return what is left of a name when case, underscores and the word mixin do not count."""
    plain = name.replace("_", "").lower()
    return plain.removeprefix("mixin").removesuffix("mixin") or plain


def _refuse_unusable(text: str, stem: str, words: str) -> None:
    if not _SNAKE.fullmatch(stem) or stem == "mixin":
        raise RequestError(f"{text!r} does not say what the mixin is for", "rate_limit")
    if keyword.iskeyword(stem) or keyword.iskeyword(words):
        raise RequestError(f"{stem!r} is a keyword of Python", f"{stem}_support")
    if len(stem) > _LONGEST:
        raise RequestError(
            f"{stem!r} has {len(stem)} letters, and lines that import it have room for {_LONGEST}",
            "a shorter name",
        )


def _spelling(text: str) -> str:
    """Return the nearest thing to `text` that is a name."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_0123456789")
    stem = _WORD_STARTS.sub("_", plain).lower()
    stem = re.sub(r"__+", "_", stem)
    return (
        stem
        if _SNAKE.fullmatch(stem) and stem != "mixin"
        else "a name like rate_limit or RateLimit"
    )
