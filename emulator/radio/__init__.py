"""The radio seam, the simulated 2.4 GHz air behind it, and what a capture keeps of it."""
