"""Listening to the air with a dongle: whose network, on which channels, and where it is kept."""
