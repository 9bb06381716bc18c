"""A tester's own repository, with examples that pass."""
