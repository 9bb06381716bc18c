"""The gas mirror: what the hub keeps of a meter that sleeps, and what it tells it in return."""
