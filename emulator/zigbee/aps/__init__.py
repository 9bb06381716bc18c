"""The application support sub-layer and its security (R22 2.2, 4.4)."""
