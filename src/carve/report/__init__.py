"""One data model, shown as terminal text or JSON."""
