"""EZSP 13 over ASH: what network co-processors of the EFR32 family speak on their serial line."""
