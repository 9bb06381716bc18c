"""hanlab in pytest: homes and devices as fixtures, and the HAN's story when a test fails."""
