"""Answers and alerts of devices in the form of the Message Mapping Catalogue (SEC H11.2)."""
