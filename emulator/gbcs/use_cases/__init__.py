"""The library of use cases: one record for each message code (use-case annex of GBCS)."""
