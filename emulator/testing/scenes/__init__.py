"""Scenes: parties, devices and homes as tests want them, brought up quickly."""
