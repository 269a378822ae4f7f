"""The command line of the runtime, on the standard library alone."""
