"""A gas meter at work behind its state: tariff, account, valve, logs, and what it tells of them."""
