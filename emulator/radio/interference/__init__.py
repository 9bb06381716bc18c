"""What else is on the air: Wi-Fi, other networks, noise; per channel, per place, over time."""
