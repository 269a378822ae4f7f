"""The error type of the runtime and its codes."""
