"""Nodes: compositions of mixins above a node base, and `compose` to make them from YAML.

Import each from its own module: this package imports none of them,
so nobody pays for what they do not use.
"""
