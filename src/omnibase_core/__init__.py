"""The node runtime: nodes composed of mixins, each configured by a typed subcontract."""
