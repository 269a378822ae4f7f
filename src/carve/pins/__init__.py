"""Behaviour observed, normalised, compared and accepted."""
