"""Take a god class apart into mixins, one verified step at a time."""
