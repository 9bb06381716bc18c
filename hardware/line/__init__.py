"""Byte ports: serial ports, TCP connections and pseudo-terminals, opened or served, all alike."""
