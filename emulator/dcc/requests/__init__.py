"""What users ask: checked, answered or refused, kept until its date (DUIS 5.4, SEC App. AB)."""
