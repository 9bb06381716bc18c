"""The electricity smart metering equipment."""
