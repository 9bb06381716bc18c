"""Alt HAN bridges: two ends on the air of one HAN, and something opaque between them."""
