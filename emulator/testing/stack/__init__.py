"""Benches of the stack: layers joined to each other over what a test may bend."""
