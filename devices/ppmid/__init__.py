"""The prepayment meter interface device."""
