"""What the gas proxy function takes over from messages to the gas meter."""
