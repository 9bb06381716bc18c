"""GBCS messages: envelope, protection, payloads and their meaning (GBCS 4, 6 and 7)."""
