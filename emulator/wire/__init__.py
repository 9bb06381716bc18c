"""Formats declared once: encode, decode, equality, layout and test strategies come from it."""
