"""Members of several classes that are nearly alike: where they differ, and one text for all."""
