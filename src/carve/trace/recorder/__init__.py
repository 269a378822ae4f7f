"""What runs inside the traced process: the standard library and itself, and nothing of carve.

The folder is copied to where nothing else lies, as the package `carve_recorder`, so that the
repository's own interpreter can import it without seeing anything more.
"""
