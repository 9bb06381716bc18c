"""The bundle that goes with a device to a test laboratory (SEC App. J 6.5)."""
