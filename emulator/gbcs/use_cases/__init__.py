"""The library of use cases: one record for each message code (GBCS 15 to 20)."""
