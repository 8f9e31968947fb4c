"""Provenance readers: they report, they decide nothing."""
