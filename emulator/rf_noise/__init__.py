"""RF noise testing of an ESME or a hot shoe: traces, limits, desense, homes (SEC H14.46)."""
