"""What must hold before any text moves."""
