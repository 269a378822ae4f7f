"""Makes a new mixin with everything that belongs to it: the parts of the command `scaffold`."""
