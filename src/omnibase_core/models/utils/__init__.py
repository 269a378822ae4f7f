"""What several models share when they check their input."""
