"""The consumer access device."""
