"""The test bench: cases made from use-case records, run against devices, and judged."""
