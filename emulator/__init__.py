"""Protocols, radio and laboratory of the emulated Home Area Network.

The layers, lowest first, are kernel, wire, crypto, radio, zigbee, zcl and lab; import-linter keeps
each from importing the ones above it (docs/architecture.md).
"""
