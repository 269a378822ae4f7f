"""Which modules may describe themselves by a contract file."""

from typing import Final

DEFAULT_ALLOWED_NAMESPACES: Final = ("omnibase_core.", "omnibase_spi.", "omnibase.")
"""Module prefixes that are allowed when nobody says otherwise."""

ALLOWED_NAMESPACES_VARIABLE: Final = "OMNIBASE_ALLOWED_NAMESPACES"
"""The environment variable with other module prefixes, separated by commas."""
