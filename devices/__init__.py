"""The devices of a GB home, each a composition of endpoints and machines (GBCS, ZSE 1.4)."""
