"""The in-home display."""
