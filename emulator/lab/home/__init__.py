"""A home and its devices: made, watched as they join, and how they stand."""
