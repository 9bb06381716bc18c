"""Real radios and virtual dongles: how time, octets and devices outside come into a run."""
