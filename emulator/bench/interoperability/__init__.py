"""Interoperability events: devices of several makers with each other, by role pairs (H14.49)."""
