"""What extends a HAN where it does not reach: who has which equipment, and where it fits."""
