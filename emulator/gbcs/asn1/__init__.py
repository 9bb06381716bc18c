"""ASN.1 payloads of security and other messages without a model of objects (GBCS 11 to 13)."""
