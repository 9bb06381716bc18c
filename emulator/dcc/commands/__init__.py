"""Commands under way: sent, sent again, answered, and what the answers change (DUIS 5.4)."""
