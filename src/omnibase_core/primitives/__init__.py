"""Values without dependencies on the rest of the models."""
