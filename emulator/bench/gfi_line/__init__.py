"""GBCS messages as lines over TCP, as DCC's tool for industry (GFI) has them, both ways."""
