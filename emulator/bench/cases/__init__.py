"""What use-case records ask of a device: cases, and the commands they send."""
