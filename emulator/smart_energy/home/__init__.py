"""What devices of a home tell each other of supply, price, messages and logs (ZSE 1.4 Annex D)."""
