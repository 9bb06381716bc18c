"""The standalone auxiliary proportional controller."""
