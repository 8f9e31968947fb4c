"""The shell for editors."""
