"""Fuzzes a device under test: any order of good and spoilt commands, shrunk to the shortest."""
