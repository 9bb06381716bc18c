"""Homes come up, are installed, change hands and are put under load, step by step."""
