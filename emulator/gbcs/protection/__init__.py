"""Protection of messages: keys, counters, MACs, signatures and encryption (GBCS 4.3, 6)."""
