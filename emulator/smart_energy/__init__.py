"""What Smart Energy adds to Zigbee: key establishment, joiner, trust centre, keep-alive."""
