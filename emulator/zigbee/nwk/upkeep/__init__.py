"""What keeps a network in order: link status and power, routes, channel, PAN conflicts."""
