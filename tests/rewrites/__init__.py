"""Random histories whose every line has a known writer, rewritten in each way git and people know."""
