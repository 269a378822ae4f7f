"""Helpers that read files and schema references for the rest of the runtime."""
