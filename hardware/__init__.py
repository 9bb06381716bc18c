"""What plugs into the laboratory from outside; today the serial ports on which dongles appear."""
