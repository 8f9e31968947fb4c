"""The shell for terminals and scripts."""
