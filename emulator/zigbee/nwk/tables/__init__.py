"""What the NWK layer remembers: neighbours, routes, broadcasts, keys, addresses."""
