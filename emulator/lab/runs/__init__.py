"""A run from its words to its files."""
