"""Programs, packages and data that are not ours and say whether we are right."""
