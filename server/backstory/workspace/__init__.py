"""Snapshots, buffers and the one API of both shells."""
