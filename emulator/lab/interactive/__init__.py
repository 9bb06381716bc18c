"""A home that people talk to: one use case sent, or a prompt that stays."""
