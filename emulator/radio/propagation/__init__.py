"""How much of a signal arrives: path loss, walls and floors, shadowing, fading, measured links."""
