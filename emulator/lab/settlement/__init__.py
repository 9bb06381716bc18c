"""Half-hourly settlement: a Meter Data Retrieval user's scheduled reads (SEC DP162)."""
