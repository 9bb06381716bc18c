"""What noise costs receivers: power in channels, sensitivity, false busy, distance."""
