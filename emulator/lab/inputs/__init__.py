"""What a run is given: scenario, settings, overrides, loads."""
