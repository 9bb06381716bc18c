"""Spinel, the protocol of OpenThread's radio co-processors: octets, properties, and a driver."""
