"""The laboratory: scenarios, shipments, runs, verdicts, reports and the command line."""
