"""The files and the words of an RF noise test."""
