"""The data models of the runtime."""
