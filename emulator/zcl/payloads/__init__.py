"""What cluster commands of Smart Energy carry, beyond what the stack itself sends."""
