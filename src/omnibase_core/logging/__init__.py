"""Structured log events, one JSON object each."""
