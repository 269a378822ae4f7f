"""Text in, text out: where code stands and what it uses."""
