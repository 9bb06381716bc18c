"""How the network of a home is formed, joined, watched and moved (ZSE 1.4 5.4, 5.5; R22)."""
