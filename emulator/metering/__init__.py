"""What meters measure: demand in virtual time, registers, logs, tariffs, prepayment, and time."""
