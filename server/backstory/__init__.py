"""Backstory: where code came from, what was asked, and on what evidence."""

__version__ = "0.1.0"
