"""Constants of the runtime; `contract_constants` belongs here and is supplied by deployments."""
