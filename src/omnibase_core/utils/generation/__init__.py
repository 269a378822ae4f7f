"""Helpers that turn schema references into names of generated types."""
