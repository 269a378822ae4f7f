"""Move top-level names to another module: what moves, both texts, and all that refers to them."""
