"""What a request must pass before the DCC does anything (DUIS 5.4, SEC App. AB)."""
