"""An Alt HAN bridge that is a Zigbee router."""
