"""Which origin each line has, and why. Pure."""
