"""What is kept of a run while it goes, after it, and for the next one."""
