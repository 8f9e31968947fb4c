"""Nouns: frozen values, no behaviour beyond their own arithmetic."""
