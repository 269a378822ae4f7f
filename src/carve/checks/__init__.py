"""One file a check: before a step (refuse) and after it (prove)."""
