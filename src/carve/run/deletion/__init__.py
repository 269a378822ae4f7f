"""The deletion of a module: its gates, what they measure, and what is remembered of that."""
