"""Frame protection that NWK and APS share (R22 4.3, 4.4, 4.5)."""
