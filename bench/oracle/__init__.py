"""Slow, plain references that judge the readers; they import nothing of `backstory`."""
