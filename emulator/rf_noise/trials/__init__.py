"""Noise of a device under test on the air of an emulated home, for scenarios."""
