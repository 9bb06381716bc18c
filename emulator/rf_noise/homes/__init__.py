"""Many homes at once: which of them noise would cost a meter or the WAN."""
