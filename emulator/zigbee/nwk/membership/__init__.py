"""Who belongs to the network: discovery, formation, joining, rejoining, admission, leaving."""
