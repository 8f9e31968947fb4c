"""What the repository says of its own files: generated, vendored."""
