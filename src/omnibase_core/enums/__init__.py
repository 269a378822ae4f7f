"""The closed vocabularies of the runtime, one module per enum."""
