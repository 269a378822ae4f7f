"""Mutants: small faults planted in a module, to see whether the pins notice them."""
