"""What each ZCL command does to the state, one file a subject (ZSE 1.4 Annex D)."""
