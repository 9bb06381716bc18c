"""The network layer (R22 chapter 3)."""
