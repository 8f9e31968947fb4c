"""The only room that knows tree-sitter."""
