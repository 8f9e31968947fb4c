"""Neighbours of one origin. Pure."""
