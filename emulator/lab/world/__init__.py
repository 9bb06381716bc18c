"""What homes stand in: clock, air, the parties beyond the hub, and who records what passes."""
