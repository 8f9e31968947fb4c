"""Secret masks; text that is safe for a terminal. Pure."""
