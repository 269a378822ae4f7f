"""Value models that every other model builds on."""
