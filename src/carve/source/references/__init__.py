"""Every place that leads to a module or to a top-level name of one, wherever it is written."""
