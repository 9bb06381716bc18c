"""The physical layer of each channel page: airtime, bands, and how often bits are wrong."""
