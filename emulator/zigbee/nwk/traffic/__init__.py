"""Frames on their way: secured, sent, received, forwarded, broadcast."""
