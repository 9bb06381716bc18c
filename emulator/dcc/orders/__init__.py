"""Requests that passed become commands of GBCS (SEC App. AB; GBCS 6.2, 7.2)."""
