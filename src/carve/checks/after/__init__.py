"""What must hold of the texts that a step would write."""
