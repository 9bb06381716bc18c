"""The communications hub: CHF and GPF, two logical devices on one radio (GBCS 10.2)."""
