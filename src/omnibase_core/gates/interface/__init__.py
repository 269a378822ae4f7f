"""The interfaces of the subcontracts: which are locked, as JSON Schemas, and how two differ."""
