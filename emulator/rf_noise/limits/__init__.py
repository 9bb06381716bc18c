"""Limit masks: data files, and traces judged against them."""
