"""A meter has a switch switch a load (ZSE 1.4 D.2; GBCS HECS01)."""
