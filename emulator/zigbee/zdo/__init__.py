"""The Zigbee Device Objects (R22 2.4, 2.5)."""
