"""The plan: what to do, as data."""
