"""Time, order, randomness, facts and errors: what every other room stands on."""
