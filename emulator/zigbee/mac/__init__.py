"""IEEE 802.15.4-2006 MAC of a nonbeacon-enabled PAN: frames, tables and machines."""
