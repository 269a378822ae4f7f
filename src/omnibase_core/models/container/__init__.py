"""The container that nodes are constructed with."""
