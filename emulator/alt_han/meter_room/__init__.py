"""A meter room as a wall with things on it: what fits where, and what works change."""
