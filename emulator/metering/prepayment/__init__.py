"""Money in a meter: tariff prices, balance, credit, debts and top-ups, in whole millipence."""
