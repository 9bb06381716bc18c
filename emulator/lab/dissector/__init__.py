"""The passive side of the laboratory: transmissions and keys in, rows that a person reads out."""
