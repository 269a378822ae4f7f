"""One file a step; a step plans and never writes."""
