"""What `hanlab` serves, as a process of its own, and clients that come to it."""
