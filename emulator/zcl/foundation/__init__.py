"""The foundation: the frame header and the general commands (ZCL8 2.4, 2.5)."""
