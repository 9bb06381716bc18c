"""The DCC's Self-Service Interface: the inventory, and how an install code is asked for (MP121)."""
