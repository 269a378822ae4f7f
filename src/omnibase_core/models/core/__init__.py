"""Models that belong to no single capability."""
