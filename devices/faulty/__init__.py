"""Devices that are broken on purpose, each in one way: for testing the test bench."""
