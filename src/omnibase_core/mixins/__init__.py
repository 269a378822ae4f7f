"""Capabilities a node can inherit, one class a module; `mixin_metadata.yaml` lists them.

Import a mixin from its own module: this package imports none of them,
so nobody pays for what they do not use.
"""
