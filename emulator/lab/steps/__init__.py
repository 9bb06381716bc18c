"""What a scenario is made of: steps, and what ends them."""
