"""The service requests of DUIS: one record for each service reference variant."""
