"""The gas smart metering equipment."""
