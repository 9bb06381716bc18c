"""The Smart Metering Inventory: which devices there are, their status, and how it came about."""
