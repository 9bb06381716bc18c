"""The MAC sublayer above the radio seam (IEEE 802.15.4-2006 7)."""
