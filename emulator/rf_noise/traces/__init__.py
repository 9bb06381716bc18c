"""Traces of spectrum analysers and recordings, as levels over frequency."""
