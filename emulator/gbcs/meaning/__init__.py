"""What messages mean, as a person wants to read it."""
