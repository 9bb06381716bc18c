"""Replays reference commands into emulated devices and compares their answers."""
