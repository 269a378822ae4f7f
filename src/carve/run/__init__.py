"""Carry a plan out: plan the chain, run it step by step, know how far it has come."""
